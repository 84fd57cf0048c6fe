// The way from a client to its server, which can be interrupted without the client knowing: while it
// is interrupted, requests wait. So a client can be offline for any time and go on where it was, in
// the same process and with the same stores, as an app does whose machine sleeps.

const QUIET_MILLISECONDS = 400;

export class Network {
    #open = Promise.resolve();
    #openNow = () => {};
    #interrupted = false;
    #syncs = new Set();
    #busy = 0;
    #lastActivity = 0;

    /** To be used in place of fetch. */
    fetch = async (url, options = {}) => {
        const isSync = new URL(url).pathname.endsWith("/sync");
        for (;;) {
            await this.#open;
            if (!isSync) {
                return this.#request(url, options);
            }
            const interruption = new AbortController();
            this.#syncs.add(interruption);
            try {
                const signals = [interruption.signal];
                if (options.signal && !options.signal.aborted) {
                    signals.push(options.signal);
                }
                const response = await fetch(url, { ...options, signal: AbortSignal.any(signals) });
                // Read as a whole: half an answer must not be taken for one.
                const body = await response.arrayBuffer();
                return new Response(body, { status: response.status, headers: response.headers });
            } catch (error) {
                if (!interruption.signal.aborted) {
                    throw error;
                }
            } finally {
                this.#syncs.delete(interruption);
            }
        }
    };

    async #request(url, options) {
        this.#busy++;
        try {
            return await fetch(url, options);
        } finally {
            this.#busy--;
            this.#lastActivity = Date.now();
        }
    }

    /** Waits until the client has had nothing to say for a moment, apart from /sync. */
    async quiet() {
        while (this.#busy > 0 || Date.now() - this.#lastActivity < QUIET_MILLISECONDS) {
            await new Promise((resolve) => setTimeout(resolve, 20));
        }
    }

    /** Lets the client finish what it is saying, then lets nothing through. */
    async interrupt() {
        await this.quiet();
        if (!this.#interrupted) {
            this.#interrupted = true;
            this.#open = new Promise((resolve) => (this.#openNow = resolve));
        }
        this.#syncs.forEach((sync) => sync.abort());
    }

    resume() {
        this.#interrupted = false;
        this.#openNow();
    }
}
