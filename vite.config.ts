import react from '@vitejs/plugin-react';
import { defaultClientConditions, defineConfig } from 'vite';

/** The web pages: `vite build` puts them where the server looks for them. Doors of the engine resolve to their sources. */
export default defineConfig({
  root: 'web',
  base: '/',
  plugins: [react()],
  resolve: { conditions: ['ritornello-source', ...defaultClientConditions] },
  build: { outDir: '../dist/web', emptyOutDir: true, sourcemap: false },
});
