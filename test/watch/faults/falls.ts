/** The opening and the close of a session that began with a fall of 22% or more, in percent of the close before. */
export interface RealFall {
  readonly openFall: number;
  readonly closeFall: number;
}

/** True falls at the bell of large companies' shares from 1985 to 2026, from split-adjusted closes as Yahoo publishes them. */
export const FALLS: readonly RealFall[] = [
  { openFall: 47.3, closeFall: 51.9 }, // AAPL, 2000-09-29
  { openFall: 32.7, closeFall: 30.2 }, // ADBE, 1990-05-25
  { openFall: 36.3, closeFall: 27.8 }, // ADBE, 1996-01-05
  { openFall: 23.5, closeFall: 29.8 }, // ADBE, 2002-08-01
  { openFall: 37.1, closeFall: 37.9 }, // AMD, 1992-06-18
  { openFall: 39.3, closeFall: 42.3 }, // BKNG, 2000-09-27
  { openFall: 24.7, closeFall: 38.0 }, // BKNG, 2000-10-05
  { openFall: 33.3, closeFall: 31.1 }, // BKNG, 2000-11-03
  { openFall: 39.6, closeFall: 39.8 }, // BKNG, 2001-09-17
  { openFall: 25.5, closeFall: 26.8 }, // BKNG, 2002-11-06
  { openFall: 23.5, closeFall: 25.9 }, // BKNG, 2003-11-05
  { openFall: 36.6, closeFall: 39.0 }, // C, 2009-02-27
  { openFall: 33.7, closeFall: 41.8 }, // CI, 2002-10-25
  { openFall: 23.1, closeFall: 28.8 }, // EQIX, 2002-08-09
  { openFall: 24.4, closeFall: 33.1 }, // EQIX, 2010-10-06
  { openFall: 23.9, closeFall: 28.7 }, // HD, 2000-10-12
  { openFall: 22.0, closeFall: 25.2 }, // IBM, 2026-07-14
  { openFall: 24.3, closeFall: 26.4 }, // META, 2022-02-03
  { openFall: 25.9, closeFall: 26.8 }, // MRK, 2004-09-30
  { openFall: 42.5, closeFall: 40.9 }, // NFLX, 2004-10-15
  { openFall: 37.0, closeFall: 34.9 }, // NFLX, 2011-10-25
  { openFall: 29.7, closeFall: 35.1 }, // NFLX, 2022-04-20
  { openFall: 27.1, closeFall: 31.8 }, // NVDA, 2002-07-31
  { openFall: 30.6, closeFall: 35.2 }, // NVDA, 2004-08-06
  { openFall: 28.0, closeFall: 30.7 }, // NVDA, 2008-07-03
  { openFall: 26.1, closeFall: 31.0 }, // ORCL, 1990-03-28
  { openFall: 29.0, closeFall: 29.2 }, // ORCL, 1997-12-09
  { openFall: 24.8, closeFall: 28.4 }, // PANW, 2024-02-21
  { openFall: 33.7, closeFall: 30.2 }, // PG, 2000-03-07
  { openFall: 50.0, closeFall: 56.6 }, // REGN, 2003-03-31
  { openFall: 35.4, closeFall: 28.3 }, // SBUX, 1999-07-01
  { openFall: 31.1, closeFall: 33.5 }, // TJX, 1989-06-15
  { openFall: 28.8, closeFall: 34.5 }, // TQQQ, 2020-03-16
  { openFall: 30.9, closeFall: 34.9 }, // UPRO, 2020-03-16
  { openFall: 29.6, closeFall: 36.8 }, // VRTX, 2003-11-11
];
