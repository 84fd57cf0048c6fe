// Two devices of this process verify each other by comparing emoji.

import { VerificationPhase, VerifierEvent } from "matrix-js-sdk/lib/crypto-api/index.js";
import { eventually } from "./device.mjs";

function phase(request, wanted) {
    return eventually(`a verification gets to phase ${VerificationPhase[wanted]}`, () => {
        if (request.phase === VerificationPhase.Cancelled) {
            throw new Error(`a verification was cancelled: ${request.cancellationCode}`);
        }
        return request.phase >= wanted;
    });
}

/** Shows the emoji to the other side through `compare`, and confirms when they are the same. */
function confirm(verifier, compare) {
    return new Promise((resolve, reject) => {
        verifier.on(VerifierEvent.ShowSas, (sas) =>
            compare(sas.sas.emoji.map(([emoji]) => emoji).join("")).then(() => sas.confirm(), reject),
        );
        verifier.on(VerifierEvent.Cancel, (error) => reject(new Error(`cancelled: ${error}`)));
        verifier.verify().then(resolve, reject);
    });
}

/** Gives each of two callers the other's text, and fails if they differ. */
function comparison() {
    const texts = [];
    return async (text) => {
        texts.push(text);
        await eventually("both sides show their emoji", () => texts.length === 2);
        if (texts[0] !== texts[1]) {
            throw new Error("the two devices show different emoji");
        }
    };
}

async function go(request, other) {
    const received = await eventually("the other device sees the request", () =>
        other.verificationRequests.find(
            (candidate) => candidate.transactionId === request.transactionId,
        ),
    );
    await received.accept();
    await phase(request, VerificationPhase.Ready);
    const ours = await request.startVerification("m.sas.v1");
    const theirs = await eventually("the verification starts", () => received.verifier);
    const compare = comparison();
    await Promise.all([confirm(ours, compare), confirm(theirs, compare)]);
    await phase(request, VerificationPhase.Done);
    await phase(received, VerificationPhase.Done);
}

/** In a room that both are in. */
export async function verifyUser(device, other, roomId) {
    await device.knownRoom(roomId);
    const userId = other.client.getUserId();
    await device.crypto.userHasCrossSigningKeys(userId, true);
    await other.crypto.userHasCrossSigningKeys(device.client.getUserId(), true);
    await go(await device.crypto.requestVerificationDM(userId, roomId), other);
}

/** Waits until a device knows another one of its user; it would ignore the messages of a stranger. */
function acquainted(device, other) {
    const userId = device.client.getUserId();
    return eventually("two devices know each other", async () =>
        (await device.crypto.getUserDeviceInfo([userId], true))
            .get(userId)
            ?.has(other.client.getDeviceId()),
    );
}

/** A new device asks another one of the same user. */
export async function verifyOwnDevice(device, other) {
    await Promise.all([acquainted(device, other), acquainted(other, device)]);
    const request = await device.crypto.requestDeviceVerification(
        device.client.getUserId(),
        other.client.getDeviceId(),
    );
    await go(request, other);
}
