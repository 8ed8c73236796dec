export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

const html = (status: number, title: string, content: string): Answer => ({
  status,
  headers: { 'content-type': 'text/html' },
  body: `<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd">
<html xmlns="http://www.w3.org/1999/xhtml">
<head>
<meta http-equiv="Content-Type" content="text/html; charset=UTF-8" />
<title>SEC.gov | ${title}</title>
</head>
<body>
<div id="header">U.S. Securities and Exchange Commission</div>
<div id="content">
${content}
</div>
</body>
</html>
`,
});

/** To whoever does not say who he is. As users of EDGAR quote it. */
export const undeclared = (): Answer =>
  html(
    403,
    'Your Request Originates from an Undeclared Automated Tool',
    `<h1>Your Request Originates from an Undeclared Automated Tool</h1>
<p>To allow for equitable access to all users, SEC reserves the right to limit requests originating from undeclared automated tools. Your request has been identified as part of a network of automated tools outside of the acceptable policy and will be managed until action is taken to declare your traffic.</p>
<p>Please declare your traffic by updating your user agent to include company specific information.</p>`,
  );

/** Above ten requests a second; 429 today, 403 in earlier years. It has no Retry-After. */
export const tooMany = (status: 403 | 429): Answer =>
  html(
    status,
    'Request Rate Threshold Exceeded',
    `<h1>Request Rate Threshold Exceeded</h1>
<p>Current guidelines limit users to a total of no more than 10 requests per second, regardless of the number of machines used to submit requests. Once the rate of requests has dropped below the threshold for 10 minutes, you may resume accessing content on SEC.gov.</p>`,
  );

export const unavailable = (): Answer =>
  html(503, 'Service Unavailable', '<h1>Service Unavailable</h1><p>The server is temporarily unable to answer.</p>');

/** A report whose inline XBRL has an amount of the whole company and none of a segment. */
export const plainReport = `<?xml version="1.0" encoding="UTF-8"?>
<html xmlns="http://www.w3.org/1999/xhtml">
<head><title>Report</title></head>
<body>
<div style="display:none"><ix:header><ix:resources>
<xbrli:context id="c-1"><xbrli:entity><xbrli:identifier scheme="http://www.sec.gov/CIK">0000000001</xbrli:identifier></xbrli:entity><xbrli:period><xbrli:instant>2024-06-30</xbrli:instant></xbrli:period></xbrli:context>
<xbrli:unit id="usd"><xbrli:measure>iso4217:USD</xbrli:measure></xbrli:unit>
</ix:resources></ix:header></div>
<p><ix:nonFraction contextRef="c-1" unitRef="usd" name="us-gaap:Assets" scale="6" format="ixt:num-dot-decimal">1</ix:nonFraction></p>
</body>
</html>
`;

/** What the object store behind data.sec.gov says of a path that is not there. */
export const notFound = (): Answer => ({
  status: 404,
  headers: { 'content-type': 'application/xml' },
  body: '<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>NoSuchKey</Code><Message>The specified key does not exist.</Message></Error>',
});

export const json = (body: unknown): Answer => ({
  status: 200,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(body),
});

/** The list of a filing's documents on www.sec.gov, as much of it as tells where they are. */
export const indexPage = (
  cik: number,
  {
    accession,
    form,
    document = 'report.htm',
    exhibits = {},
  }: {
    readonly accession: string;
    readonly form: string;
    readonly document?: string;
    readonly exhibits?: Readonly<Record<string, string>> | undefined;
  },
): Answer => {
  const folder = `/Archives/edgar/data/${cik}/${accession.replaceAll('-', '')}`;
  const row = (place: number, type: string, file: string, viewer = ''): string =>
    `<tr${place % 2 === 0 ? ' class="evenRow"' : ''}>
<td scope="row">${place}</td>
<td scope="row">${type}</td>
<td scope="row"><a href="${viewer}${folder}/${file}">${file}</a></td>
<td scope="row">${type}</td>
<td scope="row">${file.length * 1_000}</td>
</tr>`;
  const rows = Object.entries(exhibits).map(([type, file], index) => row(index + 2, type, file));
  return html(
    200,
    `EDGAR Filing Documents for ${accession}`,
    `<table class="tableFile" summary="Document Format Files">
<tr><th scope="col">Seq</th><th scope="col">Description</th><th scope="col">Document</th><th scope="col">Type</th><th scope="col">Size</th></tr>
${[row(1, form, document, '/ix?doc='), ...rows].join('\n')}
</table>`,
  );
};
