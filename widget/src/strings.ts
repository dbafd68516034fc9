/** Every word that people read in the widget. The page can replace any of them with `data-strings`. */

import type { Call } from "./contract";

/** What the launcher needs before the rest is loaded. */
export const launcherStrings = {
  launcher: "Ask about migraine and Botox",
  opening: "Opening",
  loadFailed: "The chat did not load. Please check your connection and try again.",
  emergency: "In an emergency, call now. Do not wait for this chat.",
  close: "Close",
};

/** Where no other emergency number is known: the server could not be asked. */
export const emergencyCalls: Call[] = [
  { title: "Call 911 (US)", tel: "911" },
  { title: "Call 999 (UK)", tel: "999" },
  { title: "Call 112 (Europe)", tel: "112" },
];

export const strings = {
  ...launcherStrings,
  title: "Migraine and Botox",

  // ---- first screen
  about: "Ask me about migraine, and about Botox for chronic migraine.",
  notADoctor:
    "I am a computer program, not a doctor. I give general information. I can't tell you what you have or what to do. A healthcare professional can.",
  kept: "What you type is kept for up to {hours} hours after your last message, then erased. You can erase it sooner, in the menu. Please leave out names, birth dates and phone numbers. This browser keeps a key to our chat, and your settings.",
  startersTitle: "You can start here",
  clinicTitle: "About your own care",
  clinicCall: "Call {name}",
  clinic: "the clinic",
  booking: "Book a visit",
  newTab: "(opens in a new tab)",

  // ---- conversation
  conversation: "Conversation",
  you: "You",
  assistant: "Answer",
  suggestions: "You can ask next",
  source: "Source",
  sources: "Sources",
  reviewed: "Reviewed {date}",
  writing: "Looking for an answer",
  notSent: "Not sent.",
  notSentOffline: "Not sent. I will try again when you are back online.",
  notTaken: "I could not take this message. Please write it in another way.",
  busy: "I can't answer just now. Please wait a moment, then send it again.",
  resend: "Send again",
  helpful: "Did this help?",
  helpfulAnswer: "Did this answer help?",
  yes: "Yes",
  no: "No",
  thanks: "Thank you.",
  feedbackFailed: "That did not get through. Please try again.",

  // ---- urgent messages
  urgencyE: "Call for help now",
  urgencyU: "Please get help today",
  urgencyC: "Please talk to someone now",

  // ---- writing
  write: "Your question",
  send: "Send",
  left: "{count} characters left",
  tooLong: "{count} characters too long. Please make it shorter.",
  emergencyLine: "Emergency?",

  // ---- notices
  loading: "Loading our chat",
  offline: "You are offline. I can't answer now.",
  unreachable: "I can't be reached just now. Please try again later.",
  expired: "Our earlier chat is erased by now. This is a new one.",
  erased: "Our chat is erased.",
  eraseFailed: "I could not erase it just now. Please try again.",
  historyFailed: "I could not load our earlier chat. Please try again later.",
  copied: "Copied.",
  copyFailed: "I could not copy it. You can print it instead.",

  // ---- menu
  menu: "Menu",
  dim: "Dim",
  dimLong: "Dim screen",
  large: "Large text",
  times: "Show times",
  copy: "Copy our chat",
  print: "Print our chat",
  copySummary: "Copy this summary",
  printSummary: "Print this summary",
  startOver: "Start over",
  startOverMessage: "Start over",
  erase: "Erase our chat",
  eraseAsk: "Erase all that we wrote? You can't get it back.",
  eraseYes: "Yes, erase it",
  eraseNo: "No, keep it",

  // ---- copied or printed
  transcriptNote: "This comes from a computer program, not a doctor. It is general information, not a diagnosis.",
};

export type Strings = typeof strings;

/** Put `values` in the places that the text names in braces. */
export function fill(text: string, values: Record<string, string | number>): string {
  return text.replace(/\{(\w+)\}/g, (place, name: string) => String(values[name] ?? place));
}
