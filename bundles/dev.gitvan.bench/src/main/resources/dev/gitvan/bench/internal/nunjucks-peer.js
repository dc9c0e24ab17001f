// Renders on request, one page or 1,000 at once, and prints the nanoseconds that each took.
const fs = require('fs');
const crypto = require('crypto');
const readline = require('readline');
const nunjucks = require('nunjucks');

const [templates, digest, mode] = process.argv.slice(2);
const data = JSON.parse(fs.readFileSync('data.json', 'utf8'));
const environment = new nunjucks.Environment(new nunjucks.FileSystemLoader(templates), {
  autoescape: false,
});
const template = environment.getTemplate('release.md', true);
const actual = crypto.createHash('sha256').update(template.render(data)).digest('hex');
console.log(actual === digest ? 'ready' : `digest ${actual}`);

function renderLater() {
  return new Promise((resolve, reject) => {
    template.render(data, (error, page) => (error ? reject(error) : resolve(page)));
  });
}

async function sample() {
  const start = process.hrtime.bigint();
  if (mode === 'many') {
    await Promise.all(Array.from({ length: 1000 }, renderLater));
  } else {
    template.render(data);
  }
  return process.hrtime.bigint() - start;
}

readline.createInterface({ input: process.stdin }).on('line', async (line) => {
  const times = Number(line);
  const durations = [];
  for (let i = 0; i < times; i++) {
    durations.push(await sample());
  }
  process.stdout.write(durations.join('\n') + '\n');
});
