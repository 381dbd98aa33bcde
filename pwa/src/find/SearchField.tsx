import { tf } from "../text/find";
import { SubmitButton, TextField } from "../ui";

interface Props {
  text: string;
  /** Why it is not looked for. */
  error: string | null;
  onInput: (text: string) => void;
  onSearch: () => void;
}

export function SearchField({ text, error, onInput, onSearch }: Props) {
  return (
    <search>
      <form
        class="find-search"
        onSubmit={(event) => {
          event.preventDefault();
          onSearch();
        }}
      >
        <TextField
          type="search"
          name="find-words"
          label={tf("words")}
          hint={tf("words_hint")}
          error={error ?? undefined}
          value={text}
          maxLength={200}
          onInput={onInput}
        />
        <SubmitButton tone="main">{tf("search")}</SubmitButton>
      </form>
      <p class="quiet-words keys">{tf("keys")}</p>
    </search>
  );
}
