/** For every command a line that is answered with a card, and one that fails. If no text can be wrong, the asker or the channel is. */
export interface CommandLines {
  readonly good: string;
  /** For a second time, if `good` only works once. */
  readonly again?: string;
  readonly wrong:
    | { readonly line: string }
    /** Somebody who may not change the channel. */
    | 'no right'
    /** A channel that is not set up. */
    | 'elsewhere'
    /** One question more than a person may ask. */
    | 'too often';
}

export const COMMAND_LINES: Readonly<Record<string, CommandLines>> = {
  quote: { good: 'quote nvda', wrong: { line: 'quote nvdia' } },
  drawdown: { good: 'drawdown nvda 20', wrong: { line: 'drawdown nvdia' } },
  chart: { good: 'chart nvda 6m', wrong: { line: 'chart' } },
  capex: { good: 'capex microsoft', wrong: { line: 'capex mircosoft' } },
  earnings: { good: 'earnings microsoft', wrong: { line: 'earnings mircosoft' } },
  'ai-revenue': { good: 'ai-revenue openai', wrong: { line: 'ai-revenue openia' } },
  bill: { good: 'bill 2024-05-01', wrong: { line: 'bill 2199-01-01' } },
  'facts list': { good: 'facts list nvda', wrong: { line: 'facts list' } },
  'facts source': { good: 'facts source alphabet', wrong: { line: 'facts source alphabet nothing' } },
  'facts article': { good: 'facts article', wrong: { line: 'facts article 99' } },
  digest: { good: 'digest', wrong: 'too often' },
  status: { good: 'status', wrong: 'too often' },
  help: { good: 'help', wrong: 'too often' },
  'watch add': { good: 'watch add AMD', wrong: { line: 'watch add 005930.KS' } },
  'watch remove': { good: 'watch remove AAPL', again: 'watch remove MSFT', wrong: { line: 'watch remove' } },
  'watch list': { good: 'watch list', wrong: 'elsewhere' },
  'alerts show': { good: 'alerts show', wrong: 'elsewhere' },
  'alerts set': { good: 'alerts set nvda levels=10,20', wrong: { line: 'alerts set' } },
  'alerts test': { good: 'alerts test', wrong: 'no right' },
  'alerts history': { good: 'alerts history', wrong: 'elsewhere' },
  'alerts backtest': { good: 'alerts backtest nvda 10,20', wrong: { line: 'alerts backtest nvda 0' } },
  pings: { good: 'pings nvda', wrong: { line: 'pings nvdia' } },
  mute: { good: 'mute nvda 1h', wrong: { line: 'mute nvda ages' } },
  unmute: { good: 'unmute', wrong: 'no right' },
  schedule: { good: 'schedule on 18:15 seoul', wrong: { line: 'schedule time-zone=Atlantis' } },
  language: { good: 'language 한국어', wrong: { line: 'language Klingon' } },
  setup: { good: 'setup ko seoul', wrong: 'no right' },
};
