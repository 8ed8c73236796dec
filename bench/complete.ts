import { createComplete } from '../commands/complete.ts';
import { commands } from '../commands/index.ts';
import { MAX_ADDED_SYMBOLS } from '../src/channels/settings-schema.ts';
import { loadCompanies } from '../src/facts/companies.ts';
import { loadFacts } from '../src/facts/fact-files.ts';
import { createLedger } from '../src/facts/ledger.ts';
import { loadCatalogue } from '../src/i18n/catalogue.ts';
import { createMutableWatchlist } from '../src/market/mutable-watchlist.ts';
import { loadWatchlist } from '../src/market/watchlist.ts';

const MAX_COMPLETION_MS = 50;
const ROUNDS = 40;
const TYPED = ['', 'n', 'se', '엔', '2024', 'drawdown, d', 'x'.repeat(100)];

const catalogue = loadCatalogue();
const watchlist = createMutableWatchlist(loadWatchlist());
for (let n = 0; n < MAX_ADDED_SYMBOLS; n += 1)
  watchlist.add({ symbol: `X${n}`, name: `Company ${n}`, kind: 'stock', source: 'yahoo', ticker: `X${n}` });
const ledger = createLedger(loadFacts());
const complete = createComplete(
  { catalogue, watchlist, ledger: () => ledger, companies: loadCompanies() },
  commands,
  Date.now,
);

const times = commands.flatMap(({ name, options }) =>
  options.map((option) => {
    const taken = Array.from({ length: ROUNDS }, (_, round) => {
      const begin = process.threadCpuUsage();
      complete(name, option.name, TYPED[round % TYPED.length] ?? '', round % 2 === 0 ? 'ko' : 'en');
      const { user, system } = process.threadCpuUsage(begin);
      return (user + system) / 1_000;
    });
    return { option: `${name} ${option.name}`, taken };
  }),
);
const all = times.flatMap(({ taken }) => taken).sort((a, b) => a - b);
const at = (fraction: number): number => all[Math.ceil(all.length * fraction) - 1] ?? 0;
const [slowest] = times
  .map(({ option, taken }) => ({ option, most: Math.max(...taken) }))
  .sort((a, b) => b.most - a.most);

console.log(`completion of ${times.length} options, ${watchlist.symbols.size} symbols watched`);
const mean = all.reduce((sum, each) => sum + each, 0) / all.length;
console.log(`  mean ${mean.toFixed(2)} ms, p99 ${at(0.99).toFixed(2)} ms`);
console.log(`  the longest ${slowest?.most.toFixed(2)} ms, of ${slowest?.option}; ${MAX_COMPLETION_MS} ms are allowed`);
if ((slowest?.most ?? 0) >= MAX_COMPLETION_MS) process.exitCode = 1;
