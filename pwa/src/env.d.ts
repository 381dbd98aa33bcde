/** Which build this is; sent nowhere, compared with the server's `min_ui_build` and kept with a stuck op. */
declare const __BUILD__: string;
