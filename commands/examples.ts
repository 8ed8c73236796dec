import type { Call } from '../src/cards/call.ts';
import { platformFacts, typedName } from '../src/stories/platforms.ts';

/** Working examples of questions, in the order of the help; the first of a command is its shortest. */
export const QUESTION_EXAMPLES: readonly Call[] = [
  { name: 'quote', options: { symbol: 'NVDA' } },
  { name: 'quote', options: { symbol: 'NVDA,MSFT,META' } },
  { name: 'drawdown', options: { symbol: 'NVDA' } },
  { name: 'drawdown', options: {} },
  { name: 'chart', options: { symbol: 'NVDA', range: '6m' } },
  { name: 'capex', options: { company: 'Microsoft' } },
  { name: 'capex', options: {} },
  { name: 'ai-revenue', options: { company: 'Amazon' } },
  { name: 'ai-revenue', options: {} },
  { name: 'bill', options: {} },
  { name: 'bill', options: { 'as-of': '2024-07-31' } },
  { name: 'earnings', options: {} },
  { name: 'earnings', options: { company: 'Nvidia' } },
  { name: 'digest', options: {} },
  { name: 'pings', options: { symbol: 'NVDA' } },
  { name: 'pings', options: {} },
  { name: 'facts list', options: { company: 'Alphabet' } },
  { name: 'facts source', options: { company: 'Meta', metric: 'revenue' } },
  { name: 'facts article', options: {} },
  { name: 'status', options: {} },
  { name: 'help', options: {} },
];

/** Working examples of questions and changes about a channel's settings. */
export const CHANNEL_EXAMPLES: readonly Call[] = [
  { name: 'setup', options: {} },
  { name: 'setup', options: { language: 'ko', 'time-zone': 'Seoul' } },
  { name: 'watch list', options: {} },
  { name: 'watch add', options: { symbol: 'AMD' } },
  { name: 'watch remove', options: { symbol: 'TSLA' } },
  { name: 'alerts show', options: {} },
  { name: 'alerts set', options: { symbol: 'NVDA', levels: '20,30,40' } },
  { name: 'alerts set', options: { symbol: 'NVDA', within: '30min', fall: '4' } },
  { name: 'alerts set', options: { symbol: 'NVDA', price: '100' } },
  { name: 'alerts set', options: { quiet: '22:00-07:00' } },
  { name: 'alerts set', options: { kinds: '+recovery,-digest' } },
  { name: 'alerts set', options: { edits: 'off', 'after-hours': 'off' } },
  { name: 'alerts test', options: {} },
  { name: 'alerts history', options: {} },
  { name: 'alerts backtest', options: {} },
  { name: 'alerts backtest', options: { symbol: 'NVDA', levels: '10,20', day: '5' } },
  { name: 'mute', options: { symbol: 'NVDA', duration: '1h' } },
  { name: 'mute', options: { duration: 'session' } },
  { name: 'unmute', options: {} },
  { name: 'schedule', options: { time: '07:00', 'time-zone': 'Seoul' } },
  { name: 'schedule', options: {} },
  { name: 'language', options: { language: 'English' } },
];

export const EXAMPLES: readonly Call[] = [...QUESTION_EXAMPLES, ...CHANNEL_EXAMPLES];

/** Options whose values could be those of others, so that they are typed with their names everywhere. */
const ALWAYS_NAMED: readonly string[] = ['within', 'fall', 'price', 'edits', 'after-hours', 'day'];

/**
 * The call as typed on a platform: `/chart symbol:NVDA range:6m` or `/slidewatch chart NVDA 6m`. `named`: with the names of
 * the options where they need not be typed, too.
 */
export const typedCall = ({ name, options }: Call, platform: string, named = false): string => {
  const isAmbiguous = Object.keys(options).some((option) => ALWAYS_NAMED.includes(option));
  const namedOptions = named || isAmbiguous || platformFacts(platform).namedOptions;
  const typed = Object.entries(options).map(([option, value]) => (namedOptions ? `${option}:${value}` : value));
  return [typedName(name, platform), ...typed].join(' ');
};

/** The shortest example of a command. */
export const exampleOf = (name: string, platform: string): string =>
  typedCall(EXAMPLES.find((call) => call.name === name) ?? { name, options: {} }, platform);
