/// <reference types="vitest/config" />
import { defineConfig } from 'vite';
import react from '@vitejs/plugin-react';
import { compressed } from './plugins/compressed.ts';
import { entrances } from './plugins/entrances.ts';

// As src/shell/Blank.tsx draws it.
const bar = '<header class="first-bar"><svg width="24" height="24" viewBox="0 0 32 32" aria-hidden="true"><rect width="32" height="32" rx="8" fill="#3451d1"/><path d="M21.5 11.2a7.2 7.2 0 1 0 0 9.6" fill="none" stroke="#fff" stroke-width="3" stroke-linecap="round"/><circle cx="22.6" cy="16" r="2.1" fill="#9fc3ff"/></svg><span>Convene</span></header>';

const server = process.env.CONVENE_URL ?? 'http://localhost:8000';

// The pages are built into artifacts/web; the server's build copies them beside its binaries (src/Server/Web.targets).
export default defineConfig({
  plugins: [
    react(),
    entrances({
      login: { parts: ['src/pages/account/AccountFrame.tsx', 'src/pages/account/Login.tsx'] },
      rsvp: { parts: ['src/pages/account/AccountFrame.tsx', 'src/pages/rsvp/Rsvp.tsx'] },
      // The bar on top as the shell draws it: it stands there until the shell does (src/shell/Blank.tsx).
      dashboard: { parts: ['src/shell/Shell.tsx', 'src/pages/dashboard/Dashboard.tsx'], first: bar },
    }),
    compressed(),
  ],
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
        // What every page needs, in two files instead of two dozen: one that changes with React, one with us. What is around and on the dashboard, in two more.
        codeSplitting: {
          groups: [
            { name: 'react', test: /node_modules\/(react|react-dom|react-router|scheduler|@tanstack)\// },
            { name: 'base', test: /node_modules\/lucide-react\/|src\/(api|time|words)\/(?!de)|src\/look\/(?!ZonePicker|TimeBox|useWhen|When|Combo|Popup)|src\/shell\/(Mark|Blank)/ },
            { name: 'shell', test: /src\/shell\/(Shell|ScopeQuestion|ToolsToCome|ZoneName|online|places|shortcuts)|src\/look\/Popup/ },
            { name: 'overview', test: /src\/pages\/(dashboard\/|meetings\/(Answers|MeetingRow|RefusedDialog|prefill|proposals\/ProposedTime|repeat\/(Repeats|words|repeat)))/ },
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
