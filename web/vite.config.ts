/// <reference types="vitest/config" />
import { defineConfig } from 'vite';
import react from '@vitejs/plugin-react';
import { compressed } from './plugins/compressed.ts';

const server = process.env.CONVENE_URL ?? 'http://localhost:8000';

// The pages are built into artifacts/web; the server's build copies them beside its binaries (src/Server/Web.targets).
export default defineConfig({
  plugins: [react(), compressed()],
  resolve: { tsconfigPaths: true },
  build: {
    outDir: '../artifacts/web',
    emptyOutDir: true,
    target: 'es2023',
    manifest: 'manifest.json',
    // Inlined assets are data: URLs, which the Content-Security-Policy allows for images only.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
  // `npm run dev`: the pages with hot reload on :5173, everything else from a running server.
  server: {
    proxy: Object.fromEntries(['/api', '/meetings', '/users', '/api-docs', '/dev', '/pages'].map((path) => [path, { target: server }])),
  },
  test: {
    include: ['src/**/*.test.ts', 'src/**/*.test.tsx'],
    // A zone that is neither UTC nor ours: what reads a wall time as UTC is wrong by 5:45 h here.
    env: { TZ: 'Asia/Kathmandu' },
  },
});
