import './node-version.cjs';
import { enableCompileCache } from 'node:module';

enableCompileCache();

/** Errors that a person caused or can mend: one line, no stack. The exit status of each. */
const EXPECTED: Readonly<Record<string, number>> = {
  UsageError: 2,
  CsvError: 2,
  ConfigError: 1,
  SettingsError: 1,
  PlatformError: 1,
  StoreError: 1,
  FactsError: 1,
  BoardError: 1,
  EdgarError: 1,
  CatalogueError: 1,
};

const print = (text: string): void => {
  process.stdout.write(text);
};

const commands: Readonly<Record<string, (args: string[]) => Promise<void>>> = {
  start: async () => (await import('./cli/start.ts')).start(),
  doctor: async () => {
    if (!(await (await import('./cli/doctor.ts')).doctor(print))) process.exitCode = 1;
  },
  demo: async (args) => (await import('./cli/demo.ts')).demo(args),
  digest: async (args) => (await import('./cli/digest.ts')).printDigest(args, print),
  facts: async (args) => (await import('./cli/facts.ts')).facts(args, print),
  replay: async (args) => (await import('./cli/replay.ts')).replay(args, print),
};

// A reader that has seen enough, such as `head`, is no fault.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0);
  throw error;
});

const [name = '', ...args] = process.argv.slice(2);
const command = commands[name];
if (!command) {
  console.error(`slidewatch: expected a command (${Object.keys(commands).join(', ')}), got "${name}"`);
  process.exitCode = 2;
} else {
  try {
    await command(args);
  } catch (error) {
    const status = error instanceof Error ? EXPECTED[error.name] : undefined;
    if (status === undefined) throw error;
    console.error((error as Error).message);
    process.exitCode = status;
  }
}
