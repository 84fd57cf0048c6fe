// One logged-in device with its own crypto store, which lives in the memory of this process.

import * as sdk from "matrix-js-sdk";
import { CryptoEvent, decodeRecoveryKey } from "matrix-js-sdk/lib/crypto-api/index.js";
import { Network } from "./network.mjs";

const POLL_MILLISECONDS = 10_000;
const ENCRYPTED = "m.room.encrypted";

/** Waits until a question has an answer that is neither null, undefined nor false. */
export async function eventually(what, question, milliseconds = 30_000) {
    const deadline = Date.now() + milliseconds;
    for (;;) {
        const answer = await question();
        if (answer !== null && answer !== undefined && answer !== false) {
            return answer;
        }
        if (Date.now() > deadline) {
            throw new Error(`gave up waiting until ${what}`);
        }
        await new Promise((resolve) => setTimeout(resolve, 50));
    }
}

export class Device {
    #server;
    #password;
    #secretStorageKey = null;
    network = new Network();
    /** Requests for a verification that came and were not answered yet. */
    verificationRequests = [];
    /** How many answers of /sync had no token of an earlier one. */
    freshSyncs = 0;

    constructor(server, password) {
        this.#server = server;
        this.#password = password;
    }

    /** Logs in as a new device. */
    async login(user, deviceId) {
        const login = await sdk
            .createClient({ baseUrl: this.#server, fetchFn: this.network.fetch })
            .loginRequest({
                type: "m.login.password",
                identifier: { type: "m.id.user", user },
                password: this.#password,
                device_id: deviceId,
            });
        await this.attach(login.user_id, login.device_id, login.access_token);
    }

    /** Takes a device that is logged in already and has no keys yet. */
    async attach(userId, deviceId, accessToken) {
        this.client = sdk.createClient({
            baseUrl: this.#server,
            fetchFn: this.#countingFetch,
            userId,
            deviceId,
            accessToken,
            cryptoCallbacks: {
                getSecretStorageKey: async ({ keys }) =>
                    this.#secretStorageKey && [Object.keys(keys)[0], this.#secretStorageKey],
                cacheSecretStorageKey: (keyId, info, key) => (this.#secretStorageKey = key),
            },
            verificationMethods: ["m.sas.v1"],
        });
        await this.client.initRustCrypto({ useIndexedDB: false });
        this.client.on(CryptoEvent.VerificationRequestReceived, (request) =>
            this.verificationRequests.push(request),
        );
    }

    #countingFetch = (url, options) => {
        const address = new URL(url);
        if (address.pathname.endsWith("/sync") && !address.searchParams.has("since")) {
            this.freshSyncs++;
        }
        return this.network.fetch(url, options);
    };

    get crypto() {
        return this.client.getCrypto();
    }

    /** Begins to sync, and waits for the first answer. */
    async start() {
        await this.client.startClient({ initialSyncLimit: 100, pollTimeout: POLL_MILLISECONDS });
        await eventually("the first sync is there", () => this.client.isInitialSyncComplete());
    }

    async knownRoom(roomId, membership = "join") {
        return eventually(`${this.client.getUserId()} sees ${roomId}`, () => {
            const room = this.client.getRoom(roomId);
            return room?.getMyMembership() === membership && room;
        });
    }

    /** Sends a text encrypted, and refuses to send it in any other way. */
    async send(roomId, text) {
        await this.knownRoom(roomId);
        await eventually(`${roomId} is known to be encrypted`, () =>
            this.crypto.isEncryptionEnabledInRoom(roomId),
        );
        const sent = await this.client.sendTextMessage(roomId, text);
        return sent.event_id;
    }

    /** What a message says, once it came with /sync and its key is there. */
    async receive(roomId, eventId, milliseconds) {
        let last = null;
        try {
            return await eventually(
                `${eventId} has come and can be read`,
                () => {
                    const event = this.client.getRoom(roomId)?.findEventById(eventId);
                    last = event ? this.#reading(event) : null;
                    return last?.text !== undefined && last;
                },
                milliseconds,
            );
        } catch (error) {
            return last ?? { failure: "NEVER_CAME" };
        }
    }

    /** All encrypted messages of a room that the server shows to this user, oldest first. */
    async readRoom(roomId) {
        const readings = [];
        let from = null;
        do {
            const page = await this.client.createMessagesRequest(roomId, from, 100, "b");
            for (const raw of page.chunk) {
                if (raw.type === ENCRYPTED && raw.content?.ciphertext) {
                    const event = new sdk.MatrixEvent(raw);
                    await this.client.decryptEventIfNeeded(event);
                    readings.unshift(this.#reading(event));
                }
            }
            from = page.end;
        } while (from);
        return readings;
    }

    #reading(event) {
        const reading = { event_id: event.getId(), sender: event.getSender(), type: event.getType() };
        if (event.isBeingDecrypted() || event.getWireType() !== ENCRYPTED) {
            return reading;
        }
        if (event.isDecryptionFailure() || event.getType() === ENCRYPTED) {
            return { ...reading, failure: event.decryptionFailureReason ?? "UNDECRYPTED" };
        }
        return { ...reading, text: event.getContent().body ?? "" };
    }

    /** Answers the question for the password that comes with uploading cross-signing keys. */
    #withPassword = async (upload) => {
        try {
            return await upload(null);
        } catch (error) {
            if (error?.httpStatus !== 401) {
                throw error;
            }
            return upload({
                type: "m.login.password",
                identifier: { type: "m.id.user", user: this.client.getUserId() },
                password: this.#password,
                session: error.data?.session,
            });
        }
    };

    /** New cross-signing keys, secret storage and key backup. Returns the recovery key. */
    async setUpRecovery() {
        const key = await this.crypto.createRecoveryKeyFromPassphrase();
        await this.crypto.bootstrapCrossSigning({
            setupNewCrossSigning: true,
            authUploadDeviceSigningKeys: this.#withPassword,
        });
        await this.crypto.bootstrapSecretStorage({
            createSecretStorageKey: async () => key,
            setupNewSecretStorage: true,
            setupNewKeyBackup: true,
        });
        return key.encodedPrivateKey;
    }

    /** Trusts this device, and loads the key backup, by the recovery key alone. */
    async recover(recoveryKey) {
        this.#secretStorageKey = decodeRecoveryKey(recoveryKey);
        await this.crypto.userHasCrossSigningKeys(this.client.getUserId(), true);
        await this.crypto.bootstrapCrossSigning({});
        await this.crypto.loadSessionBackupPrivateKeyFromSecretStorage();
        await this.crypto.checkKeyBackupAndEnable();
        const restored = await this.crypto.restoreKeyBackup();
        return { imported: restored.imported, total: restored.total };
    }

    async backup() {
        const info = await this.crypto.getKeyBackupInfo();
        // The library keeps what it was told once; how many keys there are changes.
        const now = await this.client.http.authedRequest("GET", "/room_keys/version");
        return {
            version: info?.version ?? null,
            count: now.count,
            active: await this.crypto.getActiveSessionBackupVersion(),
            trusted: info ? (await this.crypto.isKeyBackupTrusted(info)).trusted : false,
        };
    }

    /** What this device thinks of a user and of that user's devices. */
    async trust(userId) {
        const devices = {};
        const known = (await this.crypto.getUserDeviceInfo([userId], true)).get(userId) ?? new Map();
        const user = await this.crypto.getUserVerificationStatus(userId);
        for (const deviceId of known.keys()) {
            const status = await this.crypto.getDeviceVerificationStatus(userId, deviceId);
            devices[deviceId] = {
                cross_signed: status?.signedByOwner ?? false,
                verified: status?.crossSigningVerified ?? false,
            };
        }
        return {
            verified: user.isCrossSigningVerified(),
            needs_approval: user.needsUserApproval,
            has_keys: await this.crypto.userHasCrossSigningKeys(userId, true),
            devices,
        };
    }

    async ownKeys() {
        const keys = await this.crypto.getOwnDeviceKeys();
        return {
            ...keys,
            master: await this.crypto.getCrossSigningKeyId("master"),
            ready: await this.crypto.isCrossSigningReady(),
            secret_storage: await this.crypto.isSecretStorageReady(),
        };
    }
}
