/** Builds reports in the shapes of the filings: contexts and units in a hidden header, amounts in tables. */
export interface ReportedAmount {
  /** "us-gaap:Revenues" */
  readonly concept: string;
  /** As shown: "41,096". */
  readonly shown: string;
  /** "2025-04-28/2025-07-27", or a day. */
  readonly period: string;
  readonly dimensions?: Readonly<Record<string, string>>;
  /** More attributes; default: dollars in millions. */
  readonly attributes?: string;
}

const UNITS = `<xbrli:unit id="usd"><xbrli:measure>iso4217:USD</xbrli:measure></xbrli:unit>
<xbrli:unit id="eur"><xbrli:measure>iso4217:EUR</xbrli:measure></xbrli:unit>
<xbrli:unit id="usdPerShare"><xbrli:divide><xbrli:unitNumerator><xbrli:measure>iso4217:USD</xbrli:measure></xbrli:unitNumerator><xbrli:unitDenominator><xbrli:measure>xbrli:shares</xbrli:measure></xbrli:unitDenominator></xbrli:divide></xbrli:unit>`;

const MILLIONS = 'unitRef="usd" decimals="-6" format="ixt:num-dot-decimal" scale="6"';

const periodOf = (period: string): string => {
  const [start = '', end] = period.split('/');
  return end === undefined
    ? `<xbrli:instant>${start}</xbrli:instant>`
    : `<xbrli:startDate>${start}</xbrli:startDate><xbrli:endDate>${end}</xbrli:endDate>`;
};

const context = (id: string, { period, dimensions = {} }: ReportedAmount): string => {
  const members = Object.entries(dimensions).map(
    ([axis, member]) => `<xbrldi:explicitMember dimension="${axis}">${member}</xbrldi:explicitMember>`,
  );
  const segment = members.length === 0 ? '' : `<xbrli:segment>${members.join('')}</xbrli:segment>`;
  return `<xbrli:context id="${id}"><xbrli:entity><xbrli:identifier scheme="http://www.sec.gov/CIK">0000000001</xbrli:identifier>${segment}</xbrli:entity><xbrli:period>${periodOf(period)}</xbrli:period></xbrli:context>`;
};

/** A report as XHTML; `more` stands behind the amounts. */
export const report = (amounts: readonly ReportedAmount[], more = ''): string => {
  const rows = amounts.map(
    ({ concept, shown, attributes = MILLIONS }, index) =>
      `<tr><td><ix:nonFraction contextRef="c-${index}" name="${concept}" id="f-${index}" ${attributes}>${shown}</ix:nonFraction></td></tr>`,
  );
  return `<?xml version="1.0" encoding="UTF-8"?>
<html xmlns="http://www.w3.org/1999/xhtml" xml:lang="en-US">
<head><title>A report</title><style>td { color: #000 }</style></head>
<body>
<div style="display:none"><ix:header><ix:resources>
${amounts.map((amount, index) => context(`c-${index}`, amount)).join('\n')}
${UNITS}
</ix:resources></ix:header></div>
<table>
${rows.join('\n')}
</table>
${more}
</body>
</html>
`;
};

/** The amounts of one concept under the same members, "start/end" to what is shown. */
export const amounts = (
  concept: string,
  dimensions: Readonly<Record<string, string>>,
  shown: Readonly<Record<string, string>>,
): ReportedAmount[] => Object.entries(shown).map(([period, text]) => ({ concept, shown: text, period, dimensions }));
