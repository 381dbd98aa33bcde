/// <reference types="vite/client" />
/**
 * An icon is the text of one lucide file, inlined where it is used:
 *   import check from "lucide-static/icons/check.svg?raw";  <Icon svg={check} />
 * It is always decoration: the word beside it carries the meaning.
 */
export function Icon({ svg }: { svg: string }) {
  return <span class="icon" aria-hidden="true" dangerouslySetInnerHTML={{ __html: svg }} />;
}
