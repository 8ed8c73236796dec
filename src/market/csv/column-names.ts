export type PriceField = 'date' | 'open' | 'high' | 'low' | 'close' | 'volume' | 'symbol' | 'split';

/**
 * What vendors call each column, in the form of `plainName`. The first list that names a column of the file counts: a
 * close is preferred to one that is adjusted for dividends, a date to a time.
 */
export const NAMES: Readonly<Record<PriceField, readonly (readonly string[])[]>> = {
  date: [
    'date observationdate tradedate tradingday pricedate datum fecha data 날짜 일자'.split(' '),
    'datetime timestamp timeutc datetimeutc'.split(' '),
    ['time'],
    ['index'],
  ],
  // In English; German, French, Spanish and Portuguese, Italian, Polish, Korean.
  close: [
    [
      ...'close closelast closeprice closingprice price last lastprice latest'.split(' '),
      ...'schluss schlusskurs zuletzt cloture dernier cierre fechamento ultimo chiusura zamkniecie 종가'.split(' '),
      'closeclosepriceadjustedforsplits',
    ],
    [
      ...'adjclose adjustedclose closeadj closeadjusted adjusted adjprice 수정종가'.split(' '),
      'adjcloseadjustedclosepriceadjustedforsplitsanddividendandorcapitalgaindistributions',
    ],
  ],
  open: ['open openprice openingprice eroffn eroffnung ouv ouverture apertura abertura otwarcie 시가'.split(' ')],
  high: ['high highprice dayhigh hoch plushaut haut maximo max massimo najwyzszy 고가'.split(' ')],
  low: ['low lowprice daylow tief plusbas bas minimo min najnizszy 저가'.split(' ')],
  volume: ['volume vol volumen wolumen 거래량'.split(' ')],
  symbol: ['symbol ticker tic 종목 종목코드'.split(' ')],
  // Of sources whose prices are as they were traded.
  split: [['splitfactor', 'splitcoefficient']],
};

/** A header cell without case, accents, spaces and signs: "Close/Last" is `closelast`, "<DATE>" is `date`. */
export const plainName = (cell: string): string =>
  cell
    .normalize('NFKD')
    .replace(/\p{Mn}/gu, '')
    .normalize('NFC')
    .replaceAll('ł', 'l')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '');
