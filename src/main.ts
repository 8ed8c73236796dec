import './node-version.cjs';
import { enableCompileCache } from 'node:module';

enableCompileCache();

/** Errors that a person caused or can mend: one line, no stack. */
const EXPECTED = new Set([
  'UsageError',
  'CsvError',
  'ConfigError',
  'SettingsError',
  'PlatformError',
  'StoreError',
  'FactsError',
  'BoardError',
  'EdgarError',
  'CatalogueError',
]);

const commands: Record<string, (args: string[]) => Promise<void>> = {
  start: async () => (await import('./cli/start.ts')).start(),
  demo: async (args) => (await import('./cli/demo.ts')).demo(args),
  facts: async (args) => (await import('./cli/facts.ts')).facts(args, (text) => process.stdout.write(text)),
  replay: async (args) => (await import('./cli/replay.ts')).replay(args, (text) => process.stdout.write(text)),
};

const [name = '', ...args] = process.argv.slice(2);
const command = commands[name];
if (!command) {
  console.error(`slidewatch: expected a command (${Object.keys(commands).join(', ')}), got "${name}"`);
  process.exitCode = 2;
} else {
  try {
    await command(args);
  } catch (error) {
    if (!(error instanceof Error) || !EXPECTED.has(error.name)) throw error;
    console.error(error.message);
    process.exitCode = error.name === 'UsageError' || error.name === 'CsvError' ? 2 : 1;
  }
}
