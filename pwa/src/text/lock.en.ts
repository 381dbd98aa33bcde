/** English words of the lock. */
import type { Translation } from "./engine";
import type { sv } from "./lock.sv";

export const en: Translation<typeof sv> = {
  "lock.title": "Locked",
  "lock.pin": "PIN code",
  "lock.open": "Unlock",
  "lock.opening": "Unlocking …",
  "lock.passkey": "Unlock with passkey",
  "lock.wrong": "Wrong PIN. Nothing has been deleted.",
  "lock.wait": { one: "Wrong PIN. Wait {n} second.", other: "Wrong PIN. Wait {n} seconds." },
  "lock.damaged": "The PIN is right, but the key could not be read. Tap Forgotten PIN.",
  "lock.failed": "It could not be unlocked. Try again.",
  "lock.noPasskey": "The passkey did not answer. Use the PIN.",
  "lock.unsent": {
    one: "{n} record waits to be sent. That needs no PIN.",
    other: "{n} records wait to be sent. That needs no PIN.",
  },
  "lock.photos": {
    one: "{n} photo is sent once the app is unlocked.",
    other: "{n} photos are sent once the app is unlocked.",
  },
  "lock.signin":
    "The server asks who you are before it takes anything in. Unlock and sign in, or tap Forgotten PIN.",
  "lock.sent": "Everything written has been sent.",
  "lock.help": "Raise the alarm",
  "lock.call": "Call 112",
  "lock.without": "Without PIN",
  "lock.forgot": "Forgotten PIN",
  "lock.back": "Back to the lock",

  "forgot.about":
    "Nothing is lost. Sign in with your password: your organisation's server unlocks the phone, and you choose another PIN. It needs coverage, and it is noted who did it.",
  "forgot.pin": "New PIN",
  "forgot.act": "Sign in and unlock",
  "forgot.busy": "Unlocking …",
  "forgot.refused":
    "The server does not open this phone's lock for you. Somebody who has used the phone before can do it.",
  "forgot.revoked":
    "The phone was revoked, and the server does not open its lock. What is written is sent all the same.",
  "forgot.failed": "The server could not unlock now. Try again, or save a copy.",
  "forgot.mismatch": "The key that the server gave does not fit. Save a copy and tell the administrator.",

  "set.title": "Lock",
  "set.off":
    "Off. With a PIN, notes, drafts and photos lie encrypted in the phone. The alarm, 112 and logging calls never need the PIN.",
  "set.protects":
    "A PIN protects against somebody who finds the phone. It does not protect against somebody who can copy its whole memory and try every number.",
  "set.turnOn": "Lock the app with a PIN",
  "set.on": "On. What is written lies encrypted in the phone.",
  "set.pin": "Choose a PIN",
  "set.again": "The same PIN again",
  "set.pin.hint": "At least 6 digits, not all alike. Everybody who shares the phone needs it.",
  "set.pin.bad": "At least 6 digits, not all alike.",
  "set.pin.other": "Not the same as above.",
  "set.minutes": "Lock after",
  "set.minutes.5": "5 minutes",
  "set.minutes.15": "15 minutes",
  "set.minutes.60": "1 hour",
  "set.minutes.0": "Only when the app starts",
  "set.save": "Turn the lock on",
  "set.saving": "Encrypting …",
  "set.now": "Lock now",
  "set.change": "Change PIN",
  "set.old": "Present PIN",
  "set.new": "New PIN code",
  "set.changed": "The PIN is changed.",
  "set.turnOff": "Remove the lock",
  "set.turnOff.about": "Everything in the phone becomes readable again to whoever has it unlocked.",
  "set.turningOff": "Decrypting …",
  "set.passkey": "Unlock with the phone's passkey",
  "set.passkey.about": "Fingerprint or face instead of the PIN. The PIN works all the same.",
  "set.passkey.on": "The phone's passkey unlocks, too.",
  "set.passkey.add": "Add passkey",
  "set.passkey.no": "This phone gave no passkey that can unlock. The PIN holds.",
  "set.noKey":
    "The phone has not been given the organisation's key yet. Open Lykta signed in with coverage once first.",
  "set.noCrypto": "This browser cannot encrypt. The lock cannot be turned on.",
  "set.partly": "The lock is on. Not everything was encrypted yet; it goes on the next time you unlock.",
  "set.failed": "It did not work. Nothing was changed or deleted.",
  "set.cancel": "Cancel",
};
