/*
 * driver.c - runs a fuzz target without a fuzzer: over a built-in list of nasty inputs, each also cut off at
 * every byte, and over the files and folders given as arguments. So each target is a normal test, and a crash
 * that a fuzzer found stays found once its input lies in corpus/.
 */
#include <dirent.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len);

#define NASTY(literal)                                                                                       \
    {                                                                                                        \
        literal, sizeof(literal) - 1                                                                         \
    }

static const struct {
    const char *data;
    size_t len;
} nasty[] = {
    NASTY(""),
    NASTY("\n"),
    NASTY("\0"),
    NASTY("\r\n\r\n"),
    NASTY("\xef\xbb\xbf"),
    NASTY("\xff\xfe{\0"),
    NASTY("\xfe\xff"),
    NASTY("\x1f\x8b\x08\0\0\0\0\0\0\3\3\0\0\0\0\0\0\0\0\0"),
    NASTY("\x1f\x8b\x08\x1f\xff\xff\xff\xff\xff\xff\xff\xff"),
    NASTY("\x28\xb5\x2f\xfd\x20\0\1\0\0"),
    NASTY("\x50\x2a\x4d\x18\xff\xff\xff\xff"),
    NASTY("{\"text\":\"a\"}\n{\"text\":\"b\",\"id\":1e400}\n{\"text\":null}\n[1]\n{"),
    NASTY("{\"text\":\"\\ud800\\udc00\\ud800\"}\n{\"text\":\"\\u0000\"}\n{\"id\":-0,\"text\":\"\xe9\xe8\"}"),
    NASTY("{\"\\u0074ext\":\"a\",\"text\":{\"text\":[[[[{}]]]]}}"),
    NASTY("{\"text\":\"a\",\"url\":\"http://www.@:/\"}\n{\"text\":\"a\",\"url\":\"://"
          "\"}\n{\"text\":\"\",\"url\":\"//www.\"}"),
    NASTY("{\"text\":\"\xf0\x9f\x98\x80\xc3\xa9\xed\xa0\x80\xf8\x88\x80\x80\x80\xc0\x80\"}"),
    NASTY("id,text\n1,\"a\"\"b\nc\"\n2,\"open\n3,\"x\"y\n\"\n\"\"\"\n,\n,,,\n"),
    NASTY("\"id\",\"text\"\r\n\"\",\"\"\r\n\"\r\n\",\"\r\"\r\n"),
    NASTY("\"id\ntext\n1\t\"a\"\n"),
    NASTY("WARC/1.0\r\nWARC-Type: conversion\r\nContent-Length: "
          "9\r\n\r\nHead\nbody\r\n\r\nWARC/1.0\r\n\r\nx\nWARC/"),
    NASTY("WARC/1.0\nContent-Length: 99999999999999999999\n\n\nWARC/1.0\nContent-Length: "
          "999999999999999999\n\na"),
    NASTY("\n\nWARC/\n:\nWARC-Record-ID: "
          "<>\nWARC-Target-URI:<\nContent-Length:0\n\nWARC/1.0\nContent-Length: 1\n\n\xe9\n"),
};

/* The fuzz target gets a block of exactly the right size, so that a checker sees the first byte read too
 * many. */
static void run(const void *data, size_t len)
{
    uint8_t *block = malloc(len ? len : 1);
    if (!block) {
        fprintf(stderr, "out of memory\n");
        exit(1);
    }
    if (len > 0) {
        memcpy(block, data, len);
    }
    LLVMFuzzerTestOneInput(block, len);
    free(block);
}

static void run_file(const char *path)
{
    FILE *file = fopen(path, "rb");
    char *data = malloc(1 << 20);
    size_t len;

    if (!file || !data) {
        fprintf(stderr, "%s: cannot open\n", path);
        exit(1);
    }
    len = fread(data, 1, 1 << 20, file);
    run(data, len);
    free(data);
    if (fclose(file) != 0) {
        exit(1);
    }
}

/* A folder that is not there holds no inputs yet. */
static unsigned run_path(const char *path)
{
    struct stat info;
    struct dirent *entry;
    unsigned n = 0;
    DIR *dir;

    if (stat(path, &info) < 0) {
        return 0;
    }
    if (!S_ISDIR(info.st_mode)) {
        run_file(path);
        return 1;
    }
    dir = opendir(path);
    while (dir && (entry = readdir(dir))) {
        char name[4096];
        if (entry->d_name[0] != '.') {
            snprintf(name, sizeof(name), "%s/%s", path, entry->d_name);
            n += run_path(name);
        }
    }
    if (dir) {
        closedir(dir);
    }
    return n;
}

int main(int argc, char **argv)
{
    unsigned n = 0;

    for (size_t i = 0; i < sizeof(nasty) / sizeof(nasty[0]); i++) {
        for (size_t len = 0; len <= nasty[i].len; len++) {
            run(nasty[i].data, len);
            n++;
        }
    }
    for (int i = 1; i < argc; i++) {
        n += run_path(argv[i]);
    }
    printf("%u inputs\n", n);
    return 0;
}
