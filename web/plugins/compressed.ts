import { readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import type { Plugin } from 'vite';

const brotli = promisify(brotliCompress);
const zip = promisify(gzip);

/** Text is compressed once, here: the server only picks the file that the browser understands. */
export function compressed(): Plugin {
  let folder = '';
  return {
    name: 'convene-compressed',
    apply: 'build',
    configResolved(config) {
      folder = path.resolve(config.root, config.build.outDir);
    },
    async closeBundle() {
      const names = await readdir(folder, { recursive: true });
      await Promise.all(names.filter((name) => /\.(js|css|html|svg|json|webmanifest)$/.test(name)).map(async (name) => {
        const file = path.join(folder, name);
        const text = await readFile(file);
        await writeFile(`${file}.br`, await brotli(text, { params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: text.length } }));
        await writeFile(`${file}.gz`, await zip(text, { level: 9 }));
      }));
    },
  };
}
