// Many Matrix clients in one process, driven by lines of JSON.
//
//   in:   {"id": 1, "client": "alice-1", "do": "send", "room": "!r:example.org", "text": "hello"}
//   out:  {"id": 1, "result": {"event_id": "$e"}}   or   {"id": 1, "error": "why not"}
//
// Commands run at the same time; the answers come when they are ready. Which commands there are,
// and what they take and give, is said in commands.mjs. The process ends with its standard input.

import { createInterface } from "node:readline";

// Standard output belongs to the answers, so what libraries complain of goes to standard error.
for (const level of ["log", "debug", "info", "trace"]) {
    console[level] = () => {};
}
for (const level of ["warn", "error"]) {
    console[level] = (...words) => process.stderr.write(words.join(" ") + "\n");
}

// A client that fails in the background must not take the others with it.
process.on("unhandledRejection", (reason) => console.error("unhandled:", reason?.stack ?? reason));

const { logger } = await import("matrix-js-sdk/lib/logger.js");
logger.setLevel("warn", false);
const { commands } = await import("./commands.mjs");

const clients = new Map();

function answer(message) {
    process.stdout.write(JSON.stringify(message) + "\n");
}

async function perform(request) {
    const command = commands[request.do];
    if (command === undefined) {
        throw new Error(`there is no command ${request.do}`);
    }
    const start = Date.now();
    try {
        return await command(request, clients);
    } finally {
        console.error(`${request.client} ${request.do}: ${Date.now() - start} ms`);
    }
}

for await (const line of createInterface({ input: process.stdin })) {
    const request = JSON.parse(line);
    perform(request).then(
        (result) => answer({ id: request.id, result: result ?? null }),
        (error) => answer({ id: request.id, error: String(error?.stack ?? error) }),
    );
}
process.exit(0);
