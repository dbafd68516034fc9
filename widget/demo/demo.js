// How a page opens the chat from a button of its own.
document.getElementById("ask").addEventListener("click", () => document.querySelector("migraine-chat").open());
