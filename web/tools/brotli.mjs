// Compresses files with Brotli, side by side: node brotli.mjs SOURCE TARGET [SOURCE TARGET …]
import { readFile, writeFile } from "node:fs/promises";
import { promisify } from "node:util";
import { brotliCompress, constants } from "node:zlib";

const compress = promisify(brotliCompress);

async function write(source, target) {
  const content = await readFile(source);
  const params = {
    [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
    [constants.BROTLI_PARAM_LGWIN]: constants.BROTLI_MAX_WINDOW_BITS,
    [constants.BROTLI_PARAM_SIZE_HINT]: content.length,
  };
  await writeFile(target, await compress(content, { params }));
}

const paths = process.argv.slice(2);
const pairs = Array.from({ length: paths.length / 2 }, (_, i) => paths.slice(2 * i, 2 * i + 2));
await Promise.all(pairs.map(([source, target]) => write(source, target)));
