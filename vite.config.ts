import { builtinModules } from 'node:module';
import { fileURLToPath } from 'node:url';
import tailwindcss from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import { defineConfig, type EnvironmentOptions, type Rolldown } from 'vite';

const at = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** Left to Node at run time: what is built in, what is native and finds its binary beside itself. */
const EXTERNAL = [...builtinModules, /^node:/, 'electron', 'better-sqlite3', 'node-pty'];

/**
 * One file, so that a rebuild under a running daemon never takes a chunk away that it has yet to load. CommonJS, because
 * an ES module that imports `node:http` has Node load its whole `fetch`. Without comments and in ASCII, because V8 keeps
 * the source as long as the process lives, with two bytes a character as soon as one of them needs that.
 */
const daemon = nodeProgram({
  entry: 'main/daemon/main.ts',
  outDir: 'dist/daemon',
  output: {
    format: 'cjs',
    entryFileNames: 'main.cjs',
    codeSplitting: false,
    exports: 'named',
    // A script that is compiled by `main/cli/load-compiled.ts` has no `import()`.
    dynamicImportInCjs: false,
    comments: { legal: true, annotation: false, jsdoc: false },
    minify: { compress: false, mangle: false, codegen: { removeWhitespace: false, asciiOnly: true } },
  },
});

/** CommonJS with lazy chunks: it starts in half the time of an ES module bundle, and most commands need few parts. */
const cli = nodeProgram({
  entry: 'main/cli/main.ts',
  outDir: 'dist/cli',
  output: { format: 'cjs', entryFileNames: 'main.cjs', chunkFileNames: '[name]-[hash].cjs', exports: 'named' },
});

/**
 * What nearly every screen needs is two files. Left alone, the bundler makes one of each few modules that two screens
 * share, and the first screen asks for fifty.
 */
const SHARED: readonly { readonly name: string; readonly test: RegExp; readonly minShareCount?: number }[] = [
  {
    name: 'libraries',
    test: /node_modules\/(react|react-dom|scheduler|zustand|@tanstack\/(query-core|react-query)|wouter|regexparam|mitt|use-sync-external-store|sonner)\//,
  },
  { name: 'icons', test: /node_modules\/lucide-react\// },
  { name: 'shared', test: /\/(contract|renderer\/(api|live|parts|words))\//, minShareCount: 2 },
];

/** The dashboard. Its files are named by their content, so that a browser may keep them for ever. */
const renderer: EnvironmentOptions = {
  consumer: 'client',
  build: {
    outDir: at('dist/renderer'),
    emptyOutDir: true,
    target: 'chrome140',
    sourcemap: false,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    chunkSizeWarningLimit: 4096,
    rolldownOptions: { input: at('renderer/index.html'), output: { codeSplitting: { groups: [...SHARED] } } },
  },
};

interface NodeProgram {
  readonly entry: string;
  readonly outDir: string;
  readonly output: Rolldown.OutputOptions;
}

function nodeProgram({ entry, outDir, output }: NodeProgram): EnvironmentOptions {
  return {
    consumer: 'server',
    resolve: { noExternal: true },
    build: {
      ssr: true,
      outDir: at(outDir),
      emptyOutDir: true,
      target: 'node24',
      sourcemap: true,
      minify: false,
      rolldownOptions: { input: at(entry), external: EXTERNAL, output },
    },
  };
}

export default defineConfig({
  root: at('renderer'),
  base: '/ui/',
  plugins: [react(), tailwindcss()],
  worker: { format: 'es' },
  environments: { client: renderer, daemon, cli },
  builder: {
    sharedConfigBuild: true,
    buildApp: async (builder) => {
      for (const name of ['client', 'daemon', 'cli']) {
        const environment = builder.environments[name];
        if (environment) await builder.build(environment);
      }
    },
  },
});
