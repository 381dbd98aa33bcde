import { SETTINGS } from "../review/routes";
import { ta } from "../text/admin";

/** A way back to the settings, before the heading. */
export const BackToSettings = () => (
  <a class="button quiet" href={SETTINGS}>
    ‹ {ta("back")}
  </a>
);
