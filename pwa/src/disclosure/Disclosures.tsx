import { route } from "../ui";
import { ListPage } from "./ListPage";
import { MakePage } from "./MakePage";
import { OnePage } from "./OnePage";
import "./disclosure.css";

/** The register of what has been handed out, and where an extract is made. */
export default function Disclosures() {
  const [, id] = route.value.path;
  const query = route.value.query.toString();
  if (id === "ny") return <MakePage key={query} query={query} />;
  return id ? <OnePage key={id} id={id} /> : <ListPage />;
}
