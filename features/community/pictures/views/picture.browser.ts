// A picture is made smaller on her own phone: it costs her less, and where it was taken does not leave it. What comes from elsewhere is made anew all the same.
import { longestSide } from "../../../../platform/pictures/rules.ts";

async function smaller(file: File): Promise<File> {
  const whole = await createImageBitmap(file);
  const by = Math.max(1, Math.max(whole.width, whole.height) / longestSide);
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [Math.round(whole.width / by), Math.round(whole.height / by)];
  const onto = canvas.getContext("2d");
  if (!onto) return file;
  onto.fillStyle = "white";
  onto.fillRect(0, 0, canvas.width, canvas.height);
  onto.drawImage(whole, 0, 0, canvas.width, canvas.height);
  const made = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, "image/jpeg", 0.85));
  return made ? new File([made], "picture.jpg", { type: made.type }) : file;
}

for (const field of document.querySelectorAll<HTMLInputElement>("input[type=file][accept*='image/jpeg']")) {
  let making: Promise<void> | undefined;
  field.addEventListener("change", () => {
    const [file] = field.files ?? [];
    if (!file) return;
    making = smaller(file)
      .then((small) => {
        const files = new DataTransfer();
        files.items.add(small);
        field.files = files.files;
      })
      // A browser that can't read it sends it as it is; the answer says what is wrong.
      .catch(() => undefined)
      .finally(() => (making = undefined));
  });
  field.form?.addEventListener("submit", (sending) => {
    if (!making) return;
    sending.preventDefault();
    void making.then(() => field.form?.requestSubmit());
  });
}
