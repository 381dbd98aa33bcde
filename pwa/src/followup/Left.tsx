import { tw } from "../text/follow";
import { Button } from "../ui";
import { Copy } from "./Copy";

interface Props {
  title: string;
  /** What somebody else did meanwhile, and what can be done with the words. */
  about: string;
  text: string;
  onDiscard: () => void;
}

/** Words that were typed where nothing can be typed any longer: in sight until whoever wrote them lets go of them. */
export function Left({ title, about, text, onDiscard }: Props) {
  return (
    <section class="card note left-words" role="status" aria-label={title}>
      <h2>{title}</h2>
      <p class="quiet-words">{about}</p>
      <p class="entry-text">{text}</p>
      <div class="row">
        <Copy text={text} />
        <Button tone="quiet" onPress={onDiscard}>
          {tw("discard")}
        </Button>
      </div>
    </section>
  );
}
