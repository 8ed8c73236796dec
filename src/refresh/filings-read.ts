/** Key in the store of the instant at which all filings were last read completely. */
export const FILINGS_READ = 'filings read';
