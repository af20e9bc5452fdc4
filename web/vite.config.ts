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
    rolldownOptions: {
      output: {
        // What every page needs, in two files instead of two dozen: one that changes with React, one with us.
        codeSplitting: {
          groups: [
            { name: 'react', test: /node_modules\/(react|react-dom|react-router|scheduler|@tanstack)\// },
            { name: 'base', test: /node_modules\/lucide-react\/|src\/(api|time|words)\/(?!de)|src\/look\/(?!ZonePicker|TimeBox|Combo|Popup)/ },
          ],
        },
      },
    },
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
