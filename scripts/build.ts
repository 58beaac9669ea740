import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { hashBuildInputs } from './build-inputs.ts';

const root = join(import.meta.dirname, '..');
const dist = join(root, 'dist');
const stampFile = join(dist, '.inputs');
/** What is built, by the name that vite has for its environment: the folder under dist. */
const PROGRAMS = { client: 'renderer', daemon: 'daemon', cli: 'cli' } as const;

const inputs = hashBuildInputs(root);
const isCurrent = process.argv.includes('--if-changed') && readStamp() === inputs;
if (!isCurrent) await build();

function readStamp(): string | null {
  try {
    return readFileSync(stampFile, 'utf8').trim();
  } catch {
    return null; // no stamp: nothing was built yet
  }
}

/** Builds beside the old bundles and swaps at the end: a failed build, or two at once, leave bundles that run. */
async function build(): Promise<void> {
  const staging = join(dist, `.staging-${process.pid}`);
  const environments = Object.fromEntries(
    Object.entries(PROGRAMS).map(([name, folder]) => [name, { build: { outDir: join(staging, folder) } }]),
  );
  try {
    // Whatever the shell says, or a test runner: React's development half is slower and larger.
    process.env['NODE_ENV'] = 'production';
    const { createBuilder } = await import('vite');
    const builder = await createBuilder({ configFile: join(root, 'vite.config.ts'), logLevel: 'warn', environments });
    await builder.buildApp();
    swapIn(staging);
    const { shippedPackages } = await import('./licences.ts');
    writeFileSync(join(dist, 'licences.json'), JSON.stringify(shippedPackages(root)));
    writeFileSync(stampFile, `${inputs}\n`);
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  } finally {
    rmSync(staging, { recursive: true, force: true });
  }
}

function swapIn(staging: string): void {
  rmSync(stampFile, { force: true });
  rmSync(join(dist, '.compile-cache'), { recursive: true, force: true });
  for (const name of Object.values(PROGRAMS)) {
    mkdirSync(join(dist, name), { recursive: true });
    renameSync(join(dist, name), join(staging, `old-${name}`));
    renameSync(join(staging, name), join(dist, name));
  }
}
