// Imported first by what people start: pnpm goes on with a script, and the machine's own Node, when its installation failed.
const [major, minor] = process.versions.node.split('.').map(Number)

if (major < 22 || (major === 22 && minor < 12)) {
  console.error(
    `This needs Node 22.12 or newer, and runs on ${process.version} (${process.execPath}).\n` +
      'The project brings its own Node: run it as `npx -y pnpm@12 <script>`. If that is what you did, the\n' +
      'installation has failed: run `npx -y pnpm@12 install` and read what it says.',
  )
  process.exit(1)
}
