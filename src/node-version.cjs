// CommonJS, so that even a Node that cannot read TypeScript says what to do instead of a stack trace.
const [major] = process.versions.node.split('.').map(Number);
if (major < 26) {
  console.error(
    `Slidewatch needs Node 26, this is ${process.versions.node}. Run "npm ci" (it brings Node 26 along) and start it with "npm start".`,
  );
  process.exit(1);
}
