import { parseArgs } from 'node:util';
import { soak } from './soak.ts';

const FULL = { channels: 200, alerts: 40, kills: 30, speed: 15, gapMs: 150_000, killMs: 6_000 };
const SHORT = { channels: 40, alerts: 10, kills: 6, speed: 20, gapMs: 80_000, killMs: 1_800 };
const FAULTS_SHOWN = 20;

const { values } = parseArgs({ options: { short: { type: 'boolean', default: false }, seed: { type: 'string' } } });
const seed = values.seed === undefined ? Date.now() % 1_000_000 : Number(values.seed);
if (!Number.isSafeInteger(seed)) throw new RangeError(`--seed: expected a whole number, got "${values.seed}"`);

const size = values.short ? SHORT : FULL;
console.log(`soak: ${size.channels} channels, ${size.alerts} alerts, ${size.kills} kills, seed ${seed}`);
const result = await soak({ ...size, seed, say: (line) => console.log(line) });
for (const fault of result.faults.slice(0, FAULTS_SHOWN)) console.log(fault);
if (result.faults.length > 0) {
  console.log(`${result.faults.length} faults; the bot's log and database: ${result.logFile}`);
  process.exitCode = 1;
}
const { delivered, lost, twice, outOfOrder, kills } = result;
console.log(`delivered ${delivered}, lost ${lost}, twice ${twice}, out of order ${outOfOrder}, kills ${kills}`);
