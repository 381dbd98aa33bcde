/** This app's number in the server's `min_ui_build`: raised when an older app could no longer be understood. */
export const UI_BUILD = 1;
