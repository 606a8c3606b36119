/** Says what this browser can't keep: quietly, and once for each thing. */
import { signal } from "@preact/signals";
import { listed } from "../format";
import { unkept } from "../store/storage";

const dismissed = signal<readonly string[]>([]);

export function Unkept() {
  const missing = unkept.value;
  if (missing.every((what) => dismissed.value.includes(what))) return null;
  return (
    <div class="notice banner" role="status" aria-label="Not kept">
      <p>
        This browser can’t keep {listed(missing)}: a reload would lose{" "}
        {missing.length > 1 ? "them" : "it"}.
      </p>
      <button
        type="button"
        class="quiet"
        onClick={() => {
          dismissed.value = missing;
        }}
      >
        Dismiss
      </button>
    </div>
  );
}
