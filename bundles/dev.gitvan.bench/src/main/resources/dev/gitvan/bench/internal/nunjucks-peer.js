// Renders on request and prints the nanoseconds that each render took.
const fs = require('fs');
const crypto = require('crypto');
const readline = require('readline');
const nunjucks = require('nunjucks');

const [templates, digest] = process.argv.slice(2);
const data = JSON.parse(fs.readFileSync('data.json', 'utf8'));
const environment = new nunjucks.Environment(new nunjucks.FileSystemLoader(templates), {
  autoescape: false,
});
const template = environment.getTemplate('release.md', true);
const actual = crypto.createHash('sha256').update(template.render(data)).digest('hex');
console.log(actual === digest ? 'ready' : `digest ${actual}`);

readline.createInterface({ input: process.stdin }).on('line', (line) => {
  const times = Number(line);
  const durations = [];
  for (let i = 0; i < times; i++) {
    const start = process.hrtime.bigint();
    template.render(data);
    durations.push(process.hrtime.bigint() - start);
  }
  process.stdout.write(durations.join('\n') + '\n');
});
