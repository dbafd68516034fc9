/** What the server and the widget say to each other. */

/** E: call emergency services now. U: get help today. C: a crisis, talk to someone now. */
export type Urgency = "E" | "U" | "C";

export interface Call {
  title: string;
  tel: string;
}

export interface Message {
  id: string;
  role: "assistant" | "person";
  text: string;
  sent_at: string;
  buttons: { title: string; payload: string }[];
  links: { title: string; url: string }[];
  sources: { title: string; url: string | null }[];
  reviewed: string | null;
  urgency: Urgency | null;
  calls: Call[];
  topic: string | null;
}

export interface Config {
  clinic: { name: string | null; phone: string | null; hours: string | null; booking: string | null };
  calls: { emergency: Call[]; urgent: Call[]; crisis: Call[] };
  kept_hours: number;
  starters: string[];
  limits: { characters: number };
}

/** The topic of the message that sums up what a person may want to show at a visit. */
export const VISIT_SUMMARY = "visit_summary";
