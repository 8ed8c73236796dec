// CommonJS, so that a Node that cannot read TypeScript prints what to do, not a stack trace.
const [major] = process.versions.node.split('.').map(Number);
if (major < 26) {
  console.error(
    `Slidewatch needs Node 26 or newer, but this is Node ${process.versions.node}. Run "npm ci" (which installs Node 26) and start with "npm start".`,
  );
  process.exit(1);
}
