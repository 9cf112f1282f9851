import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const target = process.env.GATEWAY_URL ?? 'http://127.0.0.1:4000';
/** Pages and gateway under one origin, as they stand behind one proxy in production: nothing to allow, no preflights. */
const proxy = { '/graphql': { target, ws: true } };

export default defineConfig({
  plugins: [react()],
  server: { host: '127.0.0.1', proxy },
  preview: { host: '127.0.0.1', proxy },
});
