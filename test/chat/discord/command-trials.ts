/** What a test asks of one command. */
export interface Trial {
  readonly good: Readonly<Record<string, string>>;
  /**
   * How it fails: with these options; for somebody who may not change the channel; in a channel that is not set up; or,
   * if nothing else can fail, for somebody who asks too often.
   */
  readonly wrong: Readonly<Record<string, string>> | 'without the right' | 'elsewhere' | 'too often';
  /** An option, the typed text, and a value that is offered for it. */
  readonly completes?: readonly (readonly [option: string, typed: string, value: string])[];
}

export const ROLE = '300000000000000009';

/** Every command by its name. */
export const TRIALS: Readonly<Record<string, Trial>> = {
  quote: { good: { symbol: 'nvidia' }, wrong: { symbol: 'nvdia' }, completes: [['symbol', '엔비', 'NVDA']] },
  drawdown: {
    good: { symbol: 'NVDA' },
    wrong: { symbol: 'nvdia' },
    completes: [['symbol', 'nas', 'IXIC']],
  },
  chart: {
    good: { symbol: 'TSLA', range: '6m' },
    wrong: { symbol: 'tessla' },
    completes: [['symbol', '테슬', 'TSLA']],
  },
  capex: { good: { company: 'MSFT' }, wrong: { company: 'microsofd' }, completes: [['company', 'micro', 'MSFT']] },
  earnings: { good: { company: 'MSFT' }, wrong: { company: 'microsofd' }, completes: [['company', 'micro', 'MSFT']] },
  'ai-revenue': { good: {}, wrong: { company: 'openai inc' }, completes: [['company', 'open', 'OPENAI']] },
  bill: { good: { 'as-of': '2024-06-30' }, wrong: { 'as-of': 'soon' } },
  digest: { good: {}, wrong: 'too often' },
  'facts list': { good: { company: 'META' }, wrong: { company: 'metta' }, completes: [['company', '메타', 'META']] },
  'facts source': {
    good: { company: 'META' },
    wrong: { company: 'META', metric: 'capes' },
    completes: [['metric', 'capex', 'capex_cash']],
  },
  'facts article': { good: { page: '2' }, wrong: { page: '99' } },
  status: { good: {}, wrong: 'too often' },
  help: { good: {}, wrong: 'too often' },
  setup: {
    good: { 'time-zone': 'Asia/Seoul' },
    wrong: { 'time-zone': 'Atlantis' },
    completes: [
      ['time-zone', 'seo', 'Asia/Seoul'],
      ['language', '한', 'ko'],
    ],
  },
  'watch list': { good: {}, wrong: 'elsewhere' },
  'watch add': { good: { symbol: 'AMD' }, wrong: { symbol: 'NOSUCH' } },
  'watch remove': { good: { symbol: 'TSLA' }, wrong: { symbol: 'tessla' }, completes: [['symbol', 'tes', 'TSLA']] },
  'alerts show': { good: {}, wrong: 'elsewhere' },
  'alerts set': {
    good: { role: ROLE, from: '20', levels: '10 20' },
    wrong: { levels: 'deep' },
    completes: [['quiet', '22', '22:00-07:00']],
  },
  'alerts test': { good: {}, wrong: 'without the right' },
  'alerts history': { good: {}, wrong: { page: 'x' } },
  'alerts backtest': { good: { symbol: 'nvda', levels: '10,20', day: '5' }, wrong: { levels: '0' } },
  pings: { good: { symbol: 'NVDA' }, wrong: { symbol: 'nvdia' }, completes: [['symbol', 'nv', 'NVDA']] },
  mute: {
    good: { symbol: 'NVDA', duration: '1h' },
    wrong: { duration: 'a while' },
    completes: [['duration', '', '1h']],
  },
  unmute: { good: {}, wrong: 'without the right', completes: [['symbol', 'nv', 'NVDA']] },
  schedule: {
    good: { time: '07:00', 'time-zone': 'Asia/Seoul' },
    wrong: { time: '25:00' },
    completes: [
      ['time', '07', '07:00'],
      ['time-zone', '뉴욕', 'America/New_York'],
    ],
  },
  language: { good: { language: 'ko' }, wrong: { language: 'klingon' }, completes: [['language', 'kor', 'ko']] },
};
