/** Asking for somebody's attention: only while the app runs, and only where the device can. Never the sole sign. */

const TONE_HZ = 880;
const TONE_S = 0.35;
const LATE_MS = 1_000;

/** Milliseconds on, off, on … iPhones do not vibrate for web apps. */
export function vibrate(pattern: number[]): void {
  try {
    navigator.vibrate?.(pattern);
  } catch {
    // Refused by the browser: what there is to know is on the screen.
  }
}

let player: AudioContext | null = null;

/** Browsers keep quiet until the page was touched once; then nothing is heard, and the screen has to do. */
export async function tone(times = 2): Promise<void> {
  try {
    player ??= new AudioContext();
    const asked_ms = performance.now();
    await player.resume();
    // The page was touched only now: all that was to be heard since it was opened would be heard at once.
    if (performance.now() - asked_ms > LATE_MS) return;
    for (let n = 0; n < times; n++) beep(player, player.currentTime + n * 2 * TONE_S);
  } catch {
    // No sound to be had here.
  }
}

function beep(to: AudioContext, at_s: number): void {
  const source = to.createOscillator();
  const loudness = to.createGain();
  source.frequency.value = TONE_HZ;
  // Rising and falling: a tone cut off short clicks.
  loudness.gain.setValueAtTime(0, at_s);
  loudness.gain.linearRampToValueAtTime(0.4, at_s + 0.02);
  loudness.gain.linearRampToValueAtTime(0, at_s + TONE_S);
  source.connect(loudness).connect(to.destination);
  source.start(at_s);
  source.stop(at_s + TONE_S);
}
