// The commands. Each takes the request and the clients by name; `on` gives the client of a request.

import { Device, eventually } from "./device.mjs";
import { verifyOwnDevice, verifyUser } from "./verification.mjs";

function on(request, clients, name = request.client) {
    const device = clients.get(name);
    if (device === undefined) {
        throw new Error(`there is no client ${name}`);
    }
    return device;
}

/** Makes a command of what one client does. */
function of(action) {
    return (request, clients) => action(on(request, clients), request, clients);
}

export const commands = {
    // server, user, password, device -> user_id, device_id, access_token
    async login(request, clients) {
        const device = new Device(request.server, request.password);
        await device.login(request.user, request.device);
        clients.set(request.client, device);
        return {
            user_id: device.client.getUserId(),
            device_id: device.client.getDeviceId(),
            access_token: device.client.getAccessToken(),
        };
    },

    // server, user, password, device, token: a device that is logged in, and has no keys yet
    async attach(request, clients) {
        const device = new Device(request.server, request.password);
        await device.attach(request.user, request.device, request.token);
        clients.set(request.client, device);
    },

    // Begins to sync and waits for the first answer.
    start: of((device) => device.start()),

    // Nothing reaches the server any more, until `resume`; everything in memory stays.
    pause: of((device) => device.network.interrupt()),
    resume: of((device) => device.network.resume()),

    // Waits until the client has nothing to upload.
    quiet: of((device) => device.network.quiet()),

    // -> how often it has synced from nothing
    fresh_syncs: of((device) => ({ count: device.freshSyncs })),

    // invite: user IDs -> room_id
    create_room: of(async (device, { invite }) => {
        const created = await device.client.createRoom({
            preset: "private_chat",
            invite,
            initial_state: [
                {
                    type: "m.room.encryption",
                    state_key: "",
                    content: { algorithm: "m.megolm.v1.aes-sha2" },
                },
            ],
        });
        const room = await device.knownRoom(created.room_id);
        // The invited get the keys too, but only those that the client knows of.
        await eventually("the client sees whom it has invited", () =>
            invite.every((user) => room.getMember(user)),
        );
        return { room_id: created.room_id };
    }),

    // room, via: servers
    join: of(async (device, { room, via }) => {
        await device.knownRoom(room, "invite");
        await device.client.joinRoom(room, { viaServers: via });
        await device.knownRoom(room);
    }),

    // room, user, membership: waits until this client has heard of it
    await_member: of(async (device, { room, user, membership }) => {
        const known = await device.knownRoom(room);
        await eventually(`${user} has membership ${membership} in ${room}`, () => {
            return known.getMember(user)?.membership === membership;
        });
    }),

    // room, text -> event_id
    send: of(async (device, { room, text }) => ({ event_id: await device.send(room, text) })),

    // room: the next message gets a new key, which is sent to everybody again
    rotate: of((device, { room }) => device.crypto.forceDiscardSession(room)),

    // room, event, milliseconds: by /sync -> text or failure
    receive: of((device, { room, event, milliseconds }) =>
        device.receive(room, event, milliseconds),
    ),

    // room: by /messages -> a list of event_id, sender, and text or failure
    read_room: of((device, { room }) => device.readRoom(room)),

    // -> recovery_key
    set_up_recovery: of(async (device) => ({ recovery_key: await device.setUpRecovery() })),

    // recovery_key -> imported, total: keys from the backup
    recover: of((device, { recovery_key: key }) => device.recover(key)),

    // -> version, count, active (the version that is used), trusted
    backup: of((device) => device.backup()),

    // -> count: the room keys in the crypto store
    room_keys: of(async (device) => ({ count: (await device.crypto.exportRoomKeys()).length })),

    // user -> verified, needs_approval, has_keys, devices: {id: {cross_signed, verified}}
    trust: of((device, { user }) => device.trust(user)),

    // -> ed25519, curve25519, master, ready, secret_storage
    own_keys: of((device) => device.ownKeys()),

    // other: a client, room: one that both are in
    verify_user: of((device, request, clients) =>
        verifyUser(device, on(request, clients, request.other), request.room),
    ),

    // other: another client of the same user
    verify_own_device: of((device, request, clients) =>
        verifyOwnDevice(device, on(request, clients, request.other)),
    ),
};
