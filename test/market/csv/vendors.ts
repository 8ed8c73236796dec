/**
 * What vendors and programs write for the same closes, as their downloads look. Each is a function of one list, so that
 * all of them say the same.
 */

/** One session; prices in dollars. */
export interface Day {
  readonly session: string;
  readonly close: number;
}

export interface VendorFile {
  /** As the vendor names the download of NVDA. */
  readonly name: string;
  readonly content: string | Uint8Array;
}

type Vendor = (days: readonly Day[]) => VendorFile;

const lines = (rows: readonly string[], end = '\n'): string => rows.map((row) => `${row}${end}`).join('');

const two = (n: number): string => String(n).padStart(2, '0');

const parts = (session: string): [year: number, month: number, day: number] => {
  const [year = 0, month = 0, day = 0] = session.split('-').map(Number);
  return [year, month, day];
};

/** "08/09/2024" */
const american = (session: string): string => {
  const [year, month, day] = parts(session);
  return `${two(month)}/${two(day)}/${year}`;
};

/** "09.08.2024" */
const german = (session: string): string => {
  const [year, month, day] = parts(session);
  return `${two(day)}.${two(month)}.${year}`;
};

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

const open = ({ close }: Day): number => close * 0.99;
const high = ({ close }: Day): number => close * 1.02;
const low = ({ close }: Day): number => close * 0.98;
/** Of about the size of a big stock's, another one each day. */
const volume = ({ close }: Day): number => Math.round(close * 1e6) + 41_000_000;

/** Up to three decimals, at least two. */
const plain = (price: number): string => price.toFixed(3).replace(/0$/, '');
const six = (price: number): string => price.toFixed(6);
/** As programs write the 32-bit float of a price. */
const float = (price: number): string => String(Math.fround(price));
const comma = (price: number): string => plain(price).replace('.', ',');
const grouped = (n: number): string => n.toLocaleString('en-US');

const bar = (day: Day, text: (price: number) => string): string =>
  [open(day), high(day), low(day), day.close].map(text).join(',');

const newestFirst = (days: readonly Day[]): readonly Day[] => days.toReversed();

const utf16 = (text: string, isBig = false): Uint8Array => {
  const bytes = Buffer.from(`\uFEFF${text}`, 'utf16le');
  return isBig ? bytes.swap16() : bytes;
};

export const VENDORS: Readonly<Record<string, Vendor>> = {
  Yahoo: (days) => ({
    name: 'NVDA.csv',
    content: lines([
      'Date,Open,High,Low,Close,Adj Close,Volume',
      ...days.map((day) => `${day.session},${bar(day, six)},${six(day.close * 0.9997)},${volume(day)}`),
    ]),
  }),
  "Yahoo, from a page's table": (days) => ({
    name: 'NVDA.csv',
    content: lines([
      'Date\tOpen\tHigh\tLow\tClose Close price adjusted for splits.\tAdj Close Adjusted close price adjusted for splits and dividend and/or capital gain distributions.\tVolume',
      ...newestFirst(days).map((day) => {
        const [year, month, date] = parts(day.session);
        const prices = [open(day), high(day), low(day), day.close, day.close * 0.9997].map(plain).join('\t');
        return `${MONTHS[month - 1]} ${date}, ${year}\t${prices}\t${grouped(volume(day))}`;
      }),
    ]),
  }),
  'yfinance, of one ticker': (days) => ({
    name: 'NVDA.csv',
    content: lines([
      'Date,Open,High,Low,Close,Volume,Dividends,Stock Splits',
      ...days.map((day) => {
        const splits = day.session === '2024-06-10' ? '10.0' : '0.0';
        return `${day.session} 00:00:00-04:00,${bar(day, float)},${volume(day)},0.0,${splits}`;
      }),
    ]),
  }),
  'yfinance, three header lines': (days) => ({
    name: 'NVDA.csv',
    content: lines([
      'Price,Close,High,Low,Open,Volume',
      'Ticker,NVDA,NVDA,NVDA,NVDA,NVDA',
      'Date,,,,,',
      ...days.map((day) => {
        const prices = [day.close, high(day), low(day), open(day)].map(float).join(',');
        return `${day.session},${prices},${volume(day)}`;
      }),
    ]),
  }),
  'yfinance, grouped by ticker': (days) => ({
    name: 'NVDA.csv',
    content: lines([
      'Ticker,NVDA,NVDA,NVDA,NVDA,NVDA,NVDA',
      'Price,Open,High,Low,Close,Adj Close,Volume',
      'Date,,,,,,',
      ...days.map((day) => `${day.session},${bar(day, float)},${float(day.close * 0.9997)},${volume(day)}`),
    ]),
  }),
  'Nasdaq.com': (days) => ({
    name: 'NVDA.csv',
    content: lines([
      'Date,Close/Last,Volume,Open,High,Low',
      ...newestFirst(days).map((day) => {
        const prices = [open(day), high(day), low(day)].map((price) => `$${plain(price)}`).join(',');
        return `${american(day.session)},$${plain(day.close)},${volume(day)},${prices}`;
      }),
    ]),
  }),
  'investing.com': (days) => ({
    name: 'NVDA Historical Data.csv',
    content: `\uFEFF${lines(
      [
        '"Date","Price","Open","High","Low","Vol.","Change %"',
        ...newestFirst(days).map((day) => {
          const prices = [day.close, open(day), high(day), low(day)].map((price) => `"${plain(price)}"`).join(',');
          return `"${american(day.session)}",${prices},"${(volume(day) / 1e6).toFixed(2)}M","-0.21%"`;
        }),
      ],
      '\r\n',
    )}`,
  }),
  'investing.com, in German': (days) => ({
    name: 'NVDA.csv',
    content: `\uFEFF${lines([
      '"Datum","Zuletzt","Eröffn.","Hoch","Tief","Vol.","+/- %"',
      ...newestFirst(days).map((day) => {
        const prices = [day.close, open(day), high(day), low(day)].map((price) => `"${comma(price)}"`).join(',');
        return `"${german(day.session)}",${prices},"${comma(volume(day) / 1e6)}M","-0,21%"`;
      }),
    ])}`,
  }),
  'investing.com, in Korean': (days) => ({
    name: 'NVDA.csv',
    content: `\uFEFF${lines([
      '"날짜","종가","시가","고가","저가","거래량","변동 %"',
      ...newestFirst(days).map((day) => {
        const prices = [day.close, open(day), high(day), low(day)].map((price) => `"${plain(price)}"`).join(',');
        return `"${day.session.replaceAll('-', '- ')}",${prices},"${(volume(day) / 1e6).toFixed(2)}M","-0.21%"`;
      }),
    ])}`,
  }),
  'Alpha Vantage': (days) => ({
    name: 'daily_NVDA.csv',
    content: lines(
      [
        'timestamp,open,high,low,close,volume',
        ...newestFirst(days).map((day) => `${day.session},${bar(day, plain)},${volume(day)}`),
      ],
      '\r\n',
    ),
  }),
  Stooq: (days) => ({
    name: 'nvda_us_d.csv',
    content: lines(
      ['Date,Open,High,Low,Close,Volume', ...days.map((day) => `${day.session},${bar(day, plain)},${volume(day)}.5`)],
      '\r\n',
    ),
  }),
  'Stooq, the database': (days) => ({
    name: 'nvda.us.csv',
    content: lines([
      '<TICKER>,<PER>,<DATE>,<TIME>,<OPEN>,<HIGH>,<LOW>,<CLOSE>,<VOL>,<OPENINT>',
      ...days.map((day) => `NVDA.US,D,${day.session.replaceAll('-', '')},000000,${bar(day, plain)},${volume(day)},0`),
    ]),
  }),
  'Stooq, in Polish': (days) => ({
    name: 'nvda_us_d.csv',
    content: lines([
      'Data,Otwarcie,Najwyższy,Najniższy,Zamkniecie,Wolumen',
      ...days.map((day) => `${day.session},${bar(day, plain)},${volume(day)}`),
    ]),
  }),
  Tiingo: (days) => ({
    name: 'NVDA.csv',
    content: lines([
      'date,close,high,low,open,volume,adjClose,adjHigh,adjLow,adjOpen,adjVolume,divCash,splitFactor',
      ...days.map((day) => {
        // As they were traded: ten times as much before the split.
        const times = day.session < '2024-06-10' ? 10 : 1;
        const raw = [day.close, high(day), low(day), open(day)].map((price) => plain(price * times)).join(',');
        const adjusted = [day.close, high(day), low(day), open(day)].map((price) => plain(price * 0.9997)).join(',');
        const factor = day.session === '2024-06-10' ? '10.0' : '1.0';
        return `${day.session}T00:00:00.000Z,${raw},${volume(day)},${adjusted},${volume(day)},0.0,${factor}`;
      }),
    ]),
  }),
  'Alpha Vantage, as traded': (days) => ({
    name: 'daily_adjusted_NVDA.csv',
    content: lines([
      'timestamp,open,high,low,close,adjusted_close,volume,dividend_amount,split_coefficient',
      ...newestFirst(days).map((day) => {
        const times = day.session < '2024-06-10' ? 10 : 1;
        const factor = day.session === '2024-06-10' ? '10.0' : '1.0';
        const raw = bar(day, (price) => plain(price * times));
        return `${day.session},${raw},${six(day.close * 0.9997)},${volume(day)},0.0000,${factor}`;
      }),
    ]),
  }),
  EODHD: (days) => ({
    name: 'NVDA.US.csv',
    content: lines([
      'Date,Open,High,Low,Close,Adjusted_close,Volume',
      ...days.map((day) => `${day.session},${bar(day, plain)},${plain(day.close * 0.9997)},${volume(day)}`),
    ]),
  }),
  FRED: (days) => ({
    name: 'NVDA.csv',
    content: lines([
      'observation_date,NVDA',
      ...days.flatMap((day) => {
        const row = `${day.session},${plain(day.close)}`;
        // Holidays have a row without a value.
        return day.session === '2024-06-20'
          ? ['2024-06-19,', row]
          : day.session === '2024-07-05'
            ? ['2024-07-04,.', row]
            : [row];
      }),
    ]),
  }),
  MarketWatch: (days) => ({
    name: 'Download Data - STOCK_US_XNAS_NVDA.csv',
    content: lines([
      'Date,Open,High,Low,Close,Volume',
      ...newestFirst(days).map((day) => `${american(day.session)},${bar(day, plain)},"${grouped(volume(day))}"`),
    ]),
  }),
  WSJ: (days) => ({
    name: 'NVDA.csv',
    content: lines([
      'Date, Open, High, Low, Close, Volume',
      ...newestFirst(days).map((day) => {
        const [year, month, date] = parts(day.session);
        return `${two(month)}/${two(date)}/${year % 100}, ${bar(day, plain).replaceAll(',', ', ')}, ${volume(day)}`;
      }),
    ]),
  }),
  'Google Finance': (days) => ({
    name: 'NVDA.csv',
    content: lines(
      [
        'Date,Close',
        ...days.map((day) => {
          const [year, month, date] = parts(day.session);
          return `${month}/${date}/${year} 16:00:00,${plain(day.close)}`;
        }),
      ],
      '\r\n',
    ),
  }),
  'Excel, American': (days) => ({
    name: 'NVDA.csv',
    content: lines(
      [
        'Date,Close',
        ...days.map((day) => {
          const [year, month, date] = parts(day.session);
          return `${month}/${date}/${year},"$${grouped(day.close)} "`;
        }),
      ],
      '\r\n',
    ),
  }),
  'Excel, European': (days) => ({
    name: 'NVDA.csv',
    content: `\uFEFF${lines(['Datum;Schlusskurs', ...days.map((day) => `${german(day.session)};${comma(day.close)}`)], '\r\n')}`,
  }),
  'Excel, European, of Windows': (days) => ({
    name: 'NVDA.csv',
    content: Buffer.from(
      lines(
        ['Date;Clôture', ...days.map((day) => `${german(day.session).replaceAll('.', '/')};${comma(day.close)} \x80`)],
        '\r\n',
      ),
      'latin1',
    ),
  }),
  'Excel, with the separator in the first line': (days) => ({
    name: 'NVDA.csv',
    content: lines(['sep=;', 'date;close', ...days.map((day) => `${day.session};${plain(day.close)}`)], '\r\n'),
  }),
  'Excel, Unicode text': (days) => ({
    name: 'NVDA.csv',
    content: utf16(
      lines(['Date\tClose', ...days.map((day) => `${american(day.session)}\t${plain(day.close)}`)], '\r\n'),
    ),
  }),
  'UTF-16, big end first': (days) => ({
    name: 'NVDA.csv',
    content: utf16(lines(['date,close', ...days.map((day) => `${day.session},${plain(day.close)}`)]), true),
  }),
  'an old Mac': (days) => ({
    name: 'NVDA.csv',
    content: lines(['Date,Close', ...days.map((day) => `${american(day.session)},${plain(day.close)}`)], '\r'),
  }),
  'R, write.csv': (days) => ({
    name: 'NVDA.csv',
    content: lines(['"","date","close"', ...days.map((day, n) => `"${n + 1}","${day.session}",${plain(day.close)}`)]),
  }),
  'R, quantmod': (days) => ({
    name: 'NVDA.csv',
    content: lines([
      '"Index","NVDA.Open","NVDA.High","NVDA.Low","NVDA.Close","NVDA.Volume","NVDA.Adjusted"',
      ...days.map((day) => `${day.session},${bar(day, plain)},${volume(day)},${plain(day.close * 0.9997)}`),
    ]),
  }),
  'R, tidyquant': (days) => ({
    name: 'NVDA.csv',
    content: lines([
      'symbol,date,open,high,low,close,volume,adjusted',
      ...days.map((day) => `NVDA,${day.session},${bar(day, plain)},${volume(day)},${plain(day.close * 0.9997)}`),
    ]),
  }),
  'pandas, a frame with its index': (days) => ({
    name: 'NVDA.csv',
    content: lines([',Close', ...days.map((day) => `${day.session},${float(day.close)}`)]),
  }),
  'pandas, a series': (days) => ({
    name: 'NVDA.csv',
    content: lines(['Date,NVDA', ...days.map((day) => `${day.session},${day.close}`)]),
  }),
  'pandas, the index reset': (days) => ({
    name: 'NVDA.csv',
    content: lines([
      ',Date,Open,High,Low,Close,Volume',
      ...days.map((day, n) => `${n},${day.session} 00:00:00,${bar(day, float)},${volume(day)}`),
    ]),
  }),
};
