import type { Call } from './call.ts';

/** Questions that work as they stand, in the order of the help; the first of a command is its shortest. */
export const EXAMPLES: readonly Call[] = [
  { name: 'quote', options: { symbol: 'NVDA' } },
  { name: 'drawdown', options: { symbol: 'NVDA' } },
  { name: 'drawdown', options: {} },
  { name: 'chart', options: { symbol: 'NVDA', range: '6m' } },
  { name: 'capex', options: { company: 'Microsoft' } },
  { name: 'capex', options: {} },
  { name: 'ai-revenue', options: { company: 'Amazon' } },
  { name: 'ai-revenue', options: {} },
  { name: 'bill', options: {} },
  { name: 'bill', options: { 'as-of': '2024-07-31' } },
  { name: 'facts list', options: { company: 'Alphabet' } },
  { name: 'facts source', options: { company: 'Meta', metric: 'capex_guidance' } },
  { name: 'status', options: {} },
  { name: 'help', options: {} },
];

/** The call as typed on a platform: `/chart symbol:NVDA range:6m` on Discord, `/slidewatch chart NVDA 6m` on Slack. */
export const typedCall = ({ name, options }: Call, platform: string): string => {
  const slack = platform === 'slack';
  const typed = Object.entries(options).map(([option, value]) => (slack ? value : `${option}:${value}`));
  return [slack ? '/slidewatch' : '', `${slack ? '' : '/'}${name}`, ...typed].filter((part) => part !== '').join(' ');
};

/** How a command is asked, at its shortest. */
export const exampleOf = (name: string, platform: string): string =>
  typedCall(EXAMPLES.find((call) => call.name === name) ?? { name, options: {} }, platform);
