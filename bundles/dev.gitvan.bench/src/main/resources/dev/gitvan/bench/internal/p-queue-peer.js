// Reads, renders and writes files on request, four at a time, and prints the nanoseconds of each batch.
const fs = require('fs/promises');
const path = require('path');
const readline = require('readline');
const { pathToFileURL } = require('url');
const nunjucks = require('nunjucks');

const [templates, input, output, files] = process.argv.slice(2);
const environment = new nunjucks.Environment(new nunjucks.FileSystemLoader(templates), {
  autoescape: false,
});
const template = environment.getTemplate('numbered.md', true);
let round = 0;

async function one(number, now) {
  const data = JSON.parse(await fs.readFile(path.join(input, `${number}.json`), 'utf8'));
  data.round = now;
  await fs.writeFile(path.join(output, String(now), `${number}.md`), template.render(data));
}

async function main() {
  const { default: PQueue } = await import(pathToFileURL(require.resolve('p-queue')));
  console.log('ready');
  readline.createInterface({ input: process.stdin }).on('line', async (line) => {
    const durations = [];
    for (let i = 0; i < Number(line); i++) {
      const now = round++;
      const start = process.hrtime.bigint();
      await fs.mkdir(path.join(output, String(now)));
      const queue = new PQueue({ concurrency: 4 });
      for (let number = 0; number < Number(files); number++) {
        queue.add(() => one(number, now));
      }
      await queue.onIdle();
      durations.push(process.hrtime.bigint() - start);
    }
    process.stdout.write(durations.join('\n') + '\n');
  });
}

main();
