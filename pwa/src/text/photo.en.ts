/** English beside `photo.sv.ts`. */
import type { Translation } from "./engine";
import type { sv } from "./photo.sv";

export const en: Translation<typeof sv> = {
  photos: "Photos",
  remind: "Things and places. No faces, no number plates.",
  remind_sensitive: "Things only. No people in the picture, no faces, no number plates.",
  take: "Take photo",
  choose: "Choose picture",
  working: "Saving the photo on the phone …",
  remove: "Remove",
  remove_name: "Remove photo {n}",
  alt: "Photo {n} of {all}",
  open: "Show photo {n} of {all} in full size",
  off: "No photos are saved with this category, only text.",
  off_left: "No photos are saved with this category. Those you have taken will not come along.",
  trouble_too_large: "The picture is too large to use. Take a new photo instead.",
  trouble_unreadable: "The picture cannot be read. Take a new photo or choose another picture.",
  trouble_not_image: "The file is not a picture.",
  trouble_full:
    "There was no room for the photo on the phone and it is NOT saved. The text is not affected. Make room and try again.",
  state_kept: "Not saved yet",
  state_waiting: "Only on the phone",
  state_sending: "Sending {percent} %",
  state_sent: "Sent",
  state_refused:
    "Error: the server does not take the photo. It stays on the phone and is tried again every day.",
  state_damaged: "Error: the photo was damaged on the phone and cannot be sent.",
  state_missing: "Photo missing",
  state_missing_about: "The photo has not arrived from the phone that took it.",
  no_picture: "The photo is shown when there is coverage.",
  later: "Added {time} by {name}",
  remove_about:
    "The photo is deleted from the phone and never sent. The record says that a photo is missing, and a comment says that you removed it.",
  removed: "A photo was removed from the phone before it was sent.",
  save: { one: "Save {n} photo", other: "Save {n} photos" },
  save_failed: "The photo is NOT saved. Try again.",
};
