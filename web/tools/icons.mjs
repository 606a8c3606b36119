// Draws the icon as PNGs: node icons.mjs SVG [FILE SIZE ROOM …]
// ROOM is the share of the picture that the icon fills; 1 leaves its corners transparent, less
// puts it on its own colour, for systems that cut a shape of their own out of the picture.
import { readFile, writeFile } from "node:fs/promises";
import { initWasm, Resvg } from "@resvg/resvg-wasm";

const [source, ...wanted] = process.argv.slice(2);
const program = "../node_modules/@resvg/resvg-wasm/index_bg.wasm";
await initWasm(await readFile(new URL(program, import.meta.url)));
const icon = await readFile(source, "utf8");

function onItsColor(room) {
  const color = /fill="(#[0-9a-f]+)"/.exec(icon)[1];
  const [side, edge] = [100 * room, 50 * (1 - room)];
  const place = `x="${edge}" y="${edge}" width="${side}" height="${side}"`;
  const inner = icon.replace("<svg", `<svg ${place}`);
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 100">
    <rect width="100" height="100" fill="${color}"/>${inner}</svg>`;
}

for (let i = 0; i < wanted.length; i += 3) {
  const [file, size, room] = wanted.slice(i, i + 3);
  const picture = Number(room) === 1 ? icon : onItsColor(Number(room));
  const drawn = new Resvg(picture, { fitTo: { mode: "width", value: Number(size) } }).render();
  await writeFile(file, drawn.asPng());
}
