/** The host's screens that a start can do without, in one chunk: fetched soon after the start, kept for offline. */
export { AttemptScreen } from "../escalation/AttemptScreen";
export { CallScreen } from "../escalation/CallScreen";
export { DialStrip } from "../escalation/DialStrip";
export { EscalationScreen } from "../escalation/EscalationScreen";
export { HandoverScreen } from "../escalation/HandoverScreen";
export { LogCallScreen } from "../escalation/LogCallScreen";
export { SpeakingCard } from "../escalation/SpeakingCard";
export { EndedScreen } from "../shift/EndedScreen";
export { EndScreen } from "../shift/EndScreen";
export { StartScreen } from "../shift/StartScreen";
export { EntryScreen } from "./log/EntryScreen";
export { StatusScreen } from "./status/StatusScreen";
export { StartFindings } from "./status/StoreFindings";
export { Tonight } from "./tonight/Tonight";
