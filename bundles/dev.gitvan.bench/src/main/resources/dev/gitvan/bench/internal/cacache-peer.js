// Reads or writes values of one size on request, and prints the nanoseconds that each took.
const crypto = require('crypto');
const readline = require('readline');
const cacache = require('cacache');

const [cache, mode, size, count] = process.argv.slice(2);
const bytes = Number(size);
const keys = Number(count);
const options = { memoize: false };
let next = 0;

async function sample() {
  const key = `key number ${next++ % keys}`;
  const value = mode === 'put' ? crypto.randomBytes(bytes) : null;
  const start = process.hrtime.bigint();
  if (mode === 'put') {
    await cacache.put(cache, key, value, options);
  } else {
    const found = await cacache.get(cache, key, options);
    if (found.data.length !== bytes) {
      throw new Error('wrong value');
    }
  }
  return process.hrtime.bigint() - start;
}

async function main() {
  for (let i = 0; i < keys; i++) {
    await cacache.put(cache, `key number ${i}`, crypto.randomBytes(bytes), options);
  }
  console.log('ready');
  for await (const line of readline.createInterface({ input: process.stdin })) {
    const durations = [];
    for (let i = 0; i < Number(line); i++) {
      durations.push(await sample());
    }
    process.stdout.write(durations.join('\n') + '\n');
  }
}

main();
