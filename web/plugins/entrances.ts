import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Plugin } from 'vite';

interface Part {
  file: string;
  css?: string[];
  imports?: string[];
}

/**
 * Where people come in: for each of these a page of its own beside index.html, which names what it will need.
 * So a browser fetches all of it at once, instead of finding out what is next when something has arrived. The server serves it at the address of its name.
 */
export function entrances(pages: Readonly<Record<string, { parts: readonly string[]; first?: string }>>): Plugin {
  let folder = '';
  return {
    name: 'convene-entrances',
    apply: 'build',
    configResolved(config) {
      folder = path.resolve(config.root, config.build.outDir);
    },
    async writeBundle() {
      const index = await readFile(path.join(folder, 'index.html'), 'utf8');
      const manifest = JSON.parse(await readFile(path.join(folder, 'manifest.json'), 'utf8')) as Record<string, Part>;
      for (const [name, { parts, first }] of Object.entries(pages)) {
        const needed = new Set<string>();
        const need = (key: string) => {
          const part = manifest[key];
          if (!part) throw new Error(`${name}.html needs ${key}, which is not in the bundle.`);
          if (needed.has(key)) return;
          needed.add(key);
          part.imports?.forEach(need);
        };
        parts.forEach(need);
        const found = [...needed].flatMap((key) => manifest[key] ?? []);
        const links = [...found.map(({ file }) => `<link rel="modulepreload" crossorigin href="/${file}">`), ...new Set(found.flatMap(({ css = [] }) => css.map((file) => `<link rel="stylesheet" crossorigin href="/${file}">`)))];
        const page = index.replace('</head>', `  ${links.filter((link) => !index.includes(link)).join('\n  ')}\n</head>`).replace('<div id="root"></div>', `<div id="root">${first ?? ''}</div>`);
        await writeFile(path.join(folder, `${name}.html`), page);
      }
    },
  };
}
