// Edits a file, asks git for the status and appends a note, on request; prints the nanoseconds of each.
const { execFile } = require('child_process');
const fs = require('fs/promises');
const path = require('path');
const readline = require('readline');
const { promisify } = require('util');

const run = promisify(execFile);
const [cwd] = process.argv.slice(2);
let number = 0;

async function once() {
  const file = path.join(cwd, `d${number % 20}/f${(number % 20) * 50}.txt`);
  await fs.writeFile(file, `change ${number} ${process.hrtime.bigint()}\n`);
  const status = await run('git', ['status', '--porcelain=v2', '--branch'], { cwd });
  if (!status.stdout.includes('.txt')) {
    throw new Error('the edit was not seen');
  }
  await run('git', ['notes', '--ref', 'bench', 'append', '-m', `{"id":"${number}"}`], { cwd });
  number++;
}

console.log('ready');
readline.createInterface({ input: process.stdin }).on('line', async (line) => {
  const durations = [];
  for (let i = 0; i < Number(line); i++) {
    const start = process.hrtime.bigint();
    await once();
    durations.push(process.hrtime.bigint() - start);
  }
  process.stdout.write(durations.join('\n') + '\n');
});
