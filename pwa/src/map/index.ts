/** The map's door: import it lazily, the library behind it is larger than the rest of the app together. */
export { MapAndList } from "./MapAndList";
export { MapView } from "./MapView";
export { OutlineDrawer } from "./OutlineDrawer";
export { PointPicker } from "./PointPicker";
