/** Says quietly, in a corner, that a reload would show a new version. */
import { useState } from "preact/hooks";
import { newVersion } from "../offline/updates";

export function UpdateNotice() {
  const [dismissed, setDismissed] = useState<string | null>(null);
  const isNews = newVersion.value !== null && newVersion.value !== dismissed;
  return (
    <div class="update" role="status" aria-label="New version">
      {isNews && (
        <div class="update-card">
          <p>A new version of this page is ready.</p>
          <button type="button" onClick={() => location.reload()}>
            Reload
          </button>
          <button type="button" class="quiet" onClick={() => setDismissed(newVersion.value)}>
            Dismiss
          </button>
        </div>
      )}
    </div>
  );
}
